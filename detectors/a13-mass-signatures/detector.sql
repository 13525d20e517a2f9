-- One phone that signs for most of a section, one signature after another.
WITH signed AS (
    SELECT section_id, month, phone, COUNT(participant) AS children
    FROM timesheets
    WHERE signed_at IS NOT NULL
    GROUP BY section_id, month, phone
),
sheet AS (
    SELECT section_id, month, SUM(children) AS signed
    FROM signed
    GROUP BY section_id, month
),
-- Most phones sign for one child: the seconds between signatures are asked of the others.
many AS (
    SELECT p.section_id, p.month, p.phone, p.children, s.signed
    FROM signed p
    JOIN sheet s ON s.section_id = p.section_id AND s.month = p.month
    WHERE p.phone IS NOT NULL
      AND p.children >= $least_children
      AND p.children * 100 >= $phone_share * s.signed
),
signature AS (
    SELECT m.section_id, m.month, m.phone, m.children, m.signed, t.signed_at,
           date_part('epoch', t.signed_at)
               - LAG(date_part('epoch', t.signed_at)) OVER (
                   PARTITION BY m.section_id, m.month, m.phone ORDER BY t.signed_at, t.participant
               ) AS seconds,
           CASE WHEN date_part('hour', t.signed_at) >= $night_from OR date_part('hour', t.signed_at) < $night_until
                THEN 1 ELSE 0 END AS night
    FROM many m
    JOIN timesheets t ON t.section_id = m.section_id AND t.month = m.month AND t.phone = m.phone
    WHERE t.signed_at IS NOT NULL
),
burst AS (
    SELECT section_id, month, phone, children, signed,
           SUM(CASE WHEN seconds <= $seconds THEN 1 ELSE 0 END) AS quick,
           SUM(night) AS night,
           MIN(signed_at) AS first_at,
           MAX(signed_at) AS last_at
    FROM signature
    GROUP BY section_id, month, phone, children, signed
    HAVING SUM(CASE WHEN seconds <= $seconds THEN 1 ELSE 0 END) * 100 >= $quick_share * (children - 1)
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
