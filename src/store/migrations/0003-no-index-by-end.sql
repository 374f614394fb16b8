-- No statement looks for certificates by their end, and as long as nothing is known of the table the
-- planner took this index to find one certificate: by reading all of an institution.

drop index certificate_by_end;
