-- Children on ordinary sheets of one region who are registered in another.
WITH region AS (
    SELECT territory, COALESCE(parent, territory) AS region FROM territories
),
seat AS (
    SELECT v.participant, v.voucher_id, v.section_id, v."from", v.until, s.facility_id, f.territory,
           place.region AS region,
           ROW_NUMBER() OVER (
               PARTITION BY v.participant
               ORDER BY CASE WHEN v.until IS NULL THEN 1 ELSE 0 END DESC, v.until DESC, v."from" DESC, v.voucher_id
           ) AS latest
    FROM vouchers v
    JOIN sections s ON s.section_id = v.section_id
    JOIN facilities f ON f.facility_id = s.facility_id
    JOIN region place ON place.territory = f.territory
),
line AS (
    SELECT section_id, participant, SUM(sessions_held) AS held, SUM(sessions_present) AS present, COUNT(*) AS sheets
    FROM timesheets
    GROUP BY section_id, participant
),
marks AS (
    SELECT participant, SUM(held) AS held, SUM(present) AS present, SUM(sheets) AS sheets
    FROM line
    GROUP BY participant
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
       k.residence AS residence,
       t.voucher_id AS voucher,
       m.sheets AS sheets,
       m.present AS marked,
       m.held AS held
FROM seat t
JOIN children k ON k.participant = t.participant
JOIN region home ON home.territory = k.residence
JOIN marks m ON m.participant = t.participant
LEFT JOIN section x ON x.section_id = t.section_id
WHERE t.latest = 1
  AND home.region <> t.region
  -- A seat given up between two school years is what a family that moved leaves behind.
  AND (t.until IS NULL
       OR CAST(substr(t.until, 6, 2) AS BIGINT) < $moving_from
       OR CAST(substr(t.until, 6, 2) AS BIGINT) > $moving_until)
  -- Who never missed where others did is asked about by a01, with the residence as its evidence.
  AND (m.present < m.held OR m.held < $ghost_sessions OR x.unbroken * 100 >= $full_share * x.children)
