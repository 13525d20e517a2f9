-- Children on ordinary sheets of one region who are registered in another.
WITH region AS (
    SELECT territory, COALESCE(parent, territory) AS region FROM territories
),
placed AS (
    SELECT v.participant, v.voucher_id, v.section_id, v."from", v.until, s.facility_id, f.territory, place.region
    FROM vouchers v
    JOIN sections s ON s.section_id = v.section_id
    JOIN facilities f ON f.facility_id = s.facility_id
    JOIN region place ON place.territory = f.territory
),
far AS (
    SELECT p.participant, k.residence, home.region AS home
    FROM placed p
    JOIN children k ON k.participant = p.participant
    JOIN region home ON home.territory = k.residence
    WHERE home.region <> p.region
    GROUP BY p.participant, k.residence, home.region
),
seat AS (
    SELECT p.participant, p.voucher_id, p.section_id, p.until, p.facility_id, p.territory, p.region,
           f.residence, f.home,
           ROW_NUMBER() OVER (
               PARTITION BY p.participant
               ORDER BY CASE WHEN p.until IS NULL THEN 1 ELSE 0 END DESC, p.until DESC, p."from" DESC, p.voucher_id
           ) AS latest
    FROM far f
    JOIN placed p ON p.participant = f.participant
),
candidate AS (
    SELECT participant, voucher_id, section_id, until, facility_id, territory, residence
    FROM seat
    WHERE latest = 1
      AND home <> region
      -- A seat given up between two school years is what a family that moved leaves behind.
      AND (until IS NULL
           OR CAST(substr(until, 6, 2) AS BIGINT) < $moving_from
           OR CAST(substr(until, 6, 2) AS BIGINT) > $moving_until)
),
marks AS (
    SELECT t.participant, SUM(t.sessions_held) AS held, SUM(t.sessions_present) AS present, COUNT(*) AS sheets
    FROM candidate c
    JOIN timesheets t ON t.participant = c.participant
    GROUP BY t.participant
),
line AS (
    SELECT t.section_id, t.participant, SUM(t.sessions_held) AS held, SUM(t.sessions_present) AS present
    FROM (SELECT DISTINCT section_id FROM candidate) c
    JOIN timesheets t ON t.section_id = c.section_id
    GROUP BY t.section_id, t.participant
),
section AS (
    SELECT section_id, COUNT(*) AS children, SUM(CASE WHEN present >= held THEN 1 ELSE 0 END) AS unbroken
    FROM line
    GROUP BY section_id
)
SELECT 'participant' AS subject_kind,
       t.participant AS subject_id,
       CASE WHEN t.until IS NULL THEN 'medium' ELSE 'low' END AS severity,
       t.facility_id AS facility_id,
       t.section_id AS section,
       t.territory AS section_at,
       t.residence AS residence,
       t.voucher_id AS voucher,
       m.sheets AS sheets,
       m.present AS marked,
       m.held AS held
FROM candidate t
JOIN marks m ON m.participant = t.participant
LEFT JOIN section x ON x.section_id = t.section_id
-- Who never missed where others did is asked about by a01, with the residence as its evidence.
WHERE m.present < m.held OR m.held < $ghost_sessions OR x.unbroken * 100 >= $full_share * x.children
