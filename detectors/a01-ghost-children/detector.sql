-- Children who never miss a session among children who do.
WITH seat AS (
    SELECT DISTINCT section_id, participant FROM vouchers
),
-- A child without a voucher for the section is on a copied sheet: a05 asks about that.
child AS (
    SELECT t.section_id, t.participant,
           COUNT(*) AS months,
           SUM(t.sessions_held) AS held,
           SUM(t.sessions_present) AS present,
           MAX(t.phone) AS phone
    FROM timesheets t
    JOIN seat s ON s.section_id = t.section_id AND s.participant = t.participant
    WHERE t.sessions_held > 0
    GROUP BY t.section_id, t.participant
),
section AS (
    SELECT c.section_id,
           COUNT(*) AS children,
           SUM(CASE WHEN c.present >= c.held THEN 1 ELSE 0 END) AS unbroken,
           SUM(CASE WHEN c.held >= $sure_sessions THEN 1 ELSE 0 END) AS long_children,
           SUM(CASE WHEN c.held >= $sure_sessions AND c.present >= c.held THEN 1 ELSE 0 END) AS long_unbroken
    FROM child c
    GROUP BY c.section_id
),
placed AS (
    SELECT s.section_id, s.children, s.unbroken, s.long_children, s.long_unbroken,
           x.facility_id, x.operator_id, f.territory,
           -- Where nobody misses, the building's own count decides.
           CASE WHEN s.unbroken * 100 >= $full_share * s.children
                 AND f.visits_week_counted * 100
                     >= $counted_share * (f.visits_week_signed + COALESCE(f.visits_week_tickets, 0))
                THEN 1 ELSE 0 END AS confirmed,
           CASE WHEN s.long_unbroken >= $least_children
                 AND s.long_unbroken * 100 >= $unbroken_share * s.long_children
                THEN 1 ELSE 0 END AS many_unbroken
    FROM section s
    JOIN sections x ON x.section_id = s.section_id
    LEFT JOIN facilities f ON f.facility_id = x.facility_id
),
suspect AS (
    SELECT *
    FROM placed
    WHERE confirmed = 0 AND many_unbroken = 1
),
region AS (
    SELECT territory, COALESCE(parent, territory) AS region FROM territories
),
-- The deepest part is joined late: a plan of more than some 45 steps can't be sent to other machines.
line AS (
    SELECT c.section_id, c.participant, c.months, c.held, c.present, c.phone,
           p.facility_id, p.operator_id,
           p.many_unbroken AS in_suspect,
           CASE WHEN home.region <> place.region THEN 1 ELSE 0 END AS far,
           k.residence
    FROM child c
    LEFT JOIN children k ON k.participant = c.participant
    LEFT JOIN region home ON home.territory = k.residence
    JOIN placed p ON p.section_id = c.section_id
    LEFT JOIN region place ON place.territory = p.territory
    WHERE p.confirmed = 0 AND c.present >= c.held
),
phone AS (
    SELECT section_id, phone, COUNT(*) AS children
    FROM line
    WHERE phone IS NOT NULL
    GROUP BY section_id, phone
),
ended AS (
    SELECT section_id, participant, MAX(until) AS until
    FROM vouchers
    GROUP BY section_id, participant
    HAVING COUNT(*) = COUNT(until)
),
-- A child may never miss in two sections: the one with the most sessions is named.
ranked AS (
    SELECT l.*,
           COALESCE(ph.children, 0) AS one_phone,
           CASE WHEN o.inspected_on IS NOT NULL
                 AND e.until >= substr(CAST(o.inspected_on - INTERVAL '31 days' AS VARCHAR), 1, 7)
                 AND e.until <= substr(CAST(o.inspected_on + INTERVAL '31 days' AS VARCHAR), 1, 7)
                THEN 1 ELSE 0 END AS gone_after_inspection,
           ROW_NUMBER() OVER (
               PARTITION BY l.participant ORDER BY l.in_suspect DESC, l.held DESC, l.section_id
           ) AS place
    FROM line l
    LEFT JOIN phone ph ON ph.section_id = l.section_id AND ph.phone = l.phone
    LEFT JOIN operators o ON o.operator_id = l.operator_id
    LEFT JOIN ended e ON e.section_id = l.section_id AND e.participant = l.participant
    WHERE (l.in_suspect = 1 AND l.held >= $least_sessions)
       OR (l.far = 1 AND l.held >= $sure_sessions)
)
SELECT 'section' AS subject_kind,
       s.section_id AS subject_id,
       CASE WHEN s.long_unbroken * 100 >= $high_share * s.long_children THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       'section' AS sentence,
       s.section_id AS section,
       s.unbroken AS never_missed,
       s.children AS children,
       CAST(NULL AS BIGINT) AS sessions,
       CAST(NULL AS BIGINT) AS months,
       CAST(NULL AS VARCHAR) AS residence,
       CAST(NULL AS BIGINT) AS one_phone,
       CAST(NULL AS BIGINT) AS gone_after_inspection
FROM suspect s
UNION ALL
SELECT 'participant',
       r.participant,
       CASE WHEN r.far + r.gone_after_inspection + (CASE WHEN r.one_phone >= 3 THEN 1 ELSE 0 END) > 0
            THEN 'high'
            WHEN r.held >= $sure_sessions THEN 'medium' ELSE 'low' END,
       r.facility_id,
       'main',
       r.section_id,
       CAST(NULL AS BIGINT),
       CAST(NULL AS BIGINT),
       r.held,
       r.months,
       CASE WHEN r.far = 1 THEN r.residence END,
       CASE WHEN r.one_phone >= 3 THEN r.one_phone END,
       CASE WHEN r.gone_after_inspection = 1 THEN r.gone_after_inspection END
FROM ranked r
WHERE r.place = 1
