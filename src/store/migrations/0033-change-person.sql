-- What a person is called is changed by two of the bank's staff.
alter table approval_request drop constraint approval_request_kind_check;
alter table approval_request add constraint approval_request_kind_check check (kind in
  ('open-contract', 'change-contract', 'close-contract', 'change-person', 'change-policy', 'change-administrator',
   'publish-notice', 'import-users', 'accept-former-authority', 'end-former-authority', 'print-letters'));
