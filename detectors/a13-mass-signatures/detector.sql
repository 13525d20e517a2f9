-- One phone that signs for most of a section, one signature after another.
WITH signature AS (
    SELECT section_id, month, phone, signed_at, participant,
           date_part('epoch', signed_at)
               - LAG(date_part('epoch', signed_at)) OVER (
                   PARTITION BY section_id, month, phone ORDER BY signed_at, participant
               ) AS seconds,
           CASE WHEN date_part('hour', signed_at) >= $night_from OR date_part('hour', signed_at) < $night_until
                THEN 1 ELSE 0 END AS night
    FROM timesheets
    WHERE signed_at IS NOT NULL AND phone IS NOT NULL
),
phone AS (
    SELECT section_id, month, phone,
           COUNT(DISTINCT participant) AS children,
           SUM(CASE WHEN seconds <= $seconds THEN 1 ELSE 0 END) AS quick,
           SUM(night) AS night,
           MIN(signed_at) AS first_at,
           MAX(signed_at) AS last_at
    FROM signature
    GROUP BY section_id, month, phone
),
signed AS (
    SELECT section_id, month, COUNT(*) AS signed
    FROM timesheets
    WHERE signed_at IS NOT NULL
    GROUP BY section_id, month
),
burst AS (
    SELECT p.section_id, p.month, p.phone, p.children, p.quick, p.night, p.first_at, p.last_at, s.signed
    FROM phone p
    JOIN signed s ON s.section_id = p.section_id AND s.month = p.month
    WHERE p.children >= $least_children
      AND p.children * 100 >= $phone_share * s.signed
      AND p.quick * 100 >= $quick_share * (p.children - 1)
),
ranked AS (
    SELECT b.*,
           COUNT(*) OVER (PARTITION BY section_id) AS months,
           ROW_NUMBER() OVER (PARTITION BY section_id ORDER BY children DESC, month, phone) AS place
    FROM burst b
)
SELECT 'section' AS subject_kind,
       r.section_id AS subject_id,
       CASE WHEN r.months >= $high_months OR r.night > 0 THEN 'high' ELSE 'medium' END AS severity,
       x.facility_id AS facility_id,
       r.month AS month,
       r.phone AS phone,
       r.children AS children,
       r.signed AS signed,
       r.first_at AS first_at,
       r.last_at AS last_at,
       r.night AS at_night,
       r.months AS months
FROM ranked r
LEFT JOIN sections x ON x.section_id = r.section_id
WHERE r.place = 1
