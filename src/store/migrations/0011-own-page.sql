-- A person's own page lists their certificates, ended ones too. The institution stands last, as in 0010.

create index certificate_of_person on certificate (contract, user_id, institution, issued_at);
