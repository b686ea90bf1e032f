-- What an editor should look at is found by queries; only what they dismissed is kept.
create table review_dismissals
(
    id           uuid primary key,
    author       text        not null,
    reason       text        not null,
    dismissed_at timestamptz not null,

    constraint review_dismissals_author_not_blank check (author ~ '\S'),
    constraint review_dismissals_reason_not_blank check (reason ~ '\S')
);

comment on table review_dismissals is 'Items of the review queue that an editor dismissed.';
comment on column review_dismissals.id is 'The id of the item: a hash of why it is listed and of what it is about.';

alter table articles add column unused_dates integer not null default 0;
alter table articles add constraint articles_unused_dates_not_negative check (unused_dates >= 0);
create index articles_with_unused_dates on articles (published_on, id) where unused_dates > 0;
comment on column articles.unused_dates is 'How many of its dates made no event.';
