-- Visits that only the operator tells of, more than the facility's own people can make.
SELECT 'facility' AS subject_kind,
       facility_id AS subject_id,
       CASE WHEN visits_week_reported
                 > $high_visits * (participants_children + participants_adults + participants_60plus)
            THEN 'high' ELSE 'medium' END AS severity,
       facility_id AS facility_id,
       visits_week_reported AS reported,
       participants_children + participants_adults + participants_60plus AS people,
       visits_week_signed AS signed,
       places_week AS places_week
FROM facilities
WHERE visits_week_counted IS NULL
  AND visits_week_tickets IS NULL
  AND visits_week_reported >= $least_visits
  AND visits_week_reported > $visits_per_person * (participants_children + participants_adults + participants_60plus)
