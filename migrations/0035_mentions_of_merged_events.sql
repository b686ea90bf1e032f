-- An article usually mentions an event once, and the rules that link mentions see to that. People may decide otherwise: when
-- two events that an article distinguishes are merged, it mentions one event twice. Splitting the article from that event, or
-- rejecting both mentions before they were published, then joined both to the same row of events, which this constraint refused.
alter table mentions drop constraint mentions_once_an_event;
