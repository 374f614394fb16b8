-- The page after login says when something last became of the reader's certificates, however many they had.
create index certificate_proved_of_person on certificate (contract, user_id, institution, proved_at)
  where proved_at is not null;
