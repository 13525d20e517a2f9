-- Seats given after the money of the year was committed.
WITH exceeded AS (
    SELECT territory, month, budget, committed, committed - budget AS beyond
    FROM commitments
    WHERE committed > budget AND new_vouchers
),
ranked AS (
    SELECT o.*,
           COUNT(*) OVER (PARTITION BY territory) AS months,
           MIN(month) OVER (PARTITION BY territory) AS first_month,
           ROW_NUMBER() OVER (PARTITION BY territory ORDER BY beyond DESC, month) AS place
    FROM exceeded o
)
SELECT 'territory' AS subject_kind,
       territory AS subject_id,
       CASE WHEN beyond * 100 >= $high_share * budget THEN 'high' ELSE 'medium' END AS severity,
       CAST(NULL AS VARCHAR) AS facility_id,
       first_month AS first_month,
       months AS months,
       budget AS budget,
       committed AS committed,
       beyond AS beyond
FROM ranked
WHERE place = 1
