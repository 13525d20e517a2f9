-- More marks in a month than the sessions of the days on which the child was in the country.
WITH away AS (
    SELECT DISTINCT participant, "from", until,
           CAST(date_part('epoch', CAST("from" AS TIMESTAMP)) / 86400 AS BIGINT) AS first_day,
           CAST(date_part('epoch', CAST(until AS TIMESTAMP)) / 86400 AS BIGINT) AS last_day
    FROM absences
    WHERE until >= "from"
),
marked AS (
    SELECT t.section_id, t.participant, t.month, t.sessions_held, t.sessions_present,
           a."from", a.until, a.first_day, a.last_day
    FROM away a
    JOIN timesheets t ON t.participant = a.participant
    WHERE t.sessions_present > 0
),
month AS (
    SELECT DISTINCT month,
           CAST(date_part('epoch', CAST(month || '-01T00:00:00' AS TIMESTAMP)) / 86400 AS BIGINT) AS first_day,
           CAST(date_part('epoch', CAST(month || '-01T00:00:00' AS TIMESTAMP) + INTERVAL '1 month') / 86400
                AS BIGINT) AS next_first
    FROM marked
),
-- A tournament told of beforehand is attendance.
days AS (
    SELECT t.section_id, t.participant, t.month, t.sessions_held, t.sessions_present,
           MIN(t."from") AS away_from, MAX(t.until) AS away_until,
           MAX(m.next_first - m.first_day) AS in_month,
           SUM(LEAST(t.last_day, m.next_first - 1) - GREATEST(t.first_day, m.first_day) + 1) AS away_days
    FROM marked t
    JOIN month m ON m.month = t.month AND t.first_day < m.next_first AND t.last_day >= m.first_day
    LEFT JOIN trips r ON r.section_id = t.section_id
                     AND r."from" <= t."from" AND r.until >= t.until
                     AND (r.reported_on IS NULL OR r.reported_on <= r."from")
    WHERE r.section_id IS NULL
    GROUP BY t.section_id, t.participant, t.month, t.sessions_held, t.sessions_present
),
too_many AS (
    SELECT d.*,
           d.sessions_present
               - CAST(ceil(d.sessions_held * GREATEST(d.in_month - d.away_days, 0) * 1.0 / d.in_month) AS BIGINT)
               AS surplus
    FROM days d
),
ranked AS (
    SELECT t.*,
           COUNT(*) OVER (PARTITION BY participant) AS sheets,
           ROW_NUMBER() OVER (PARTITION BY participant ORDER BY surplus DESC, month, section_id) AS place
    FROM too_many t
    WHERE surplus >= $least_marks
)
SELECT 'participant' AS subject_kind,
       r.participant AS subject_id,
       CASE WHEN r.surplus >= $high_marks THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       r.section_id AS section,
       r.month AS month,
       r.sessions_present AS marked,
       r.sessions_held AS held,
       r.away_days AS days_away,
       r.away_from AS away_from,
       r.away_until AS away_until,
       r.surplus AS impossible,
       r.sheets AS sheets
FROM ranked r
LEFT JOIN sections s ON s.section_id = r.section_id
WHERE r.place = 1
