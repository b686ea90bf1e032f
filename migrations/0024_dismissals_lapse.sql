-- A dismissal holds for what the editor saw: it lapses when that changes.
create function review_subject(events uuid[], article uuid, fields text[]) returns text language sql stable
    return concat_ws(' ',
        (select string_agg(md5(s.state::text), ' ' order by s.event_id) from states s
         where s.event_id = any (events) and s.shown_from is not null and s.shown_to is null),
        (select encode(a.text_hash, 'hex') from articles a where a.id = article),
        array_to_string(fields, ','));

alter table review_dismissals add column subject text not null default '';
alter table review_dismissals alter column subject drop default;
comment on column review_dismissals.subject is 'What the item was about, by `review_subject`, when it was dismissed.';
