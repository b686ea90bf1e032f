-- Rules are codes: those of a statement a list, that by which it joined its event one word.
update mentions
set said = jsonb_set(said, '{statements}', (
        select coalesce(jsonb_agg(
                   case jsonb_typeof(statement -> 'rule')
                       when 'string' then jsonb_set(statement, '{rule}',
                                                    to_jsonb(string_to_array(statement ->> 'rule', ' ')))
                       else statement
                   end order by place), '[]')
        from jsonb_array_elements(said -> 'statements') with ordinality s (statement, place))),
    matched = case matched
        when 'made the event' then 'created'
        when 'by hand' then 'correction'
        when 'same days' then 'same_dates'
        when 'names the old day' then 'names_previous_date'
        when 'day of a span' then 'day_of_span'
        when 'day within a span' then 'within_span'
        when 'void day' then 'superseded_date'
        when 'refines the date' then 'refines_date'
        when 'coarser date' then 'coarser_date'
        when 'overlapping periods' then 'overlapping_periods'
        when 'new day' then 'new_date'
        when 'without a day' then 'undated'
        else matched
    end;

update corrections
set matched = case matched
        when 'made the event' then 'created'
        when 'by hand' then 'correction'
        else matched
    end
where matched is not null;
