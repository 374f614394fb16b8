-- Which mail of an institution has waited longest: asked by every first page of the console.
create index mail_waiting on mail (queued_at, institution) where state in ('queued', 'sending');
