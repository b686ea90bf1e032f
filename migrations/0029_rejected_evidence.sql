-- A mention that a person rejected as evidence before it was published belongs to no event that leads to the correction.
create index corrections_by_rejected_evidence on corrections (((action #>> '{evidence,mention}')::bigint))
    where action ->> 'action' = 'reject_evidence';
