### The rules of a round as sentences: adil policy explain, the public page, the report.
### Formulas stand after a colon, so that no name in them has to be inflected.

# Headings
heading-round = The round “{ $title }”
heading-sources = Where the facts come from
heading-access = Who can reach what: { $title }
heading-gates = Conditions of admission
heading-observations = What people see: { $title }
heading-forecasts = Forecasts that earn points
heading-points = Points
heading-criterion = { $title }: up to { $weight } { $n ->
        [one] point
       *[other] points
    }
heading-pot = How the money is divided: { $title }
heading-rest = What is kept back and what is left
heading-clusters = Who counts as one: { $title }
heading-uncertainty = How firm the decision is: { $title }
heading-independence = Standing without a source: { $title }
heading-privacy = What of people is published: { $title }

# The round
round-budget = The budget is { $budget } { $currency }. Every amount is a multiple of { $unit } { $currency }.
round-day = Ages and validity are judged as of { $date }.
round-ties = Where two applications are equal, their order is drawn by lot from the digest of these rules and the application's identifier, so that nobody can choose an identifier to win.
round-ties-random = Where two applications are equal, their order is drawn by lot from the digest of these rules, the application's identifier, and a public random value named beforehand: { $random }.

# Sources
source-required = “{ $name }” must answer: without it the round does not run.
source-optional = “{ $name }” is optional: the round runs without it too, and says so.
source-age = { $n ->
        [one] Its facts may be at most { $days } day old on the day of the round; an older one counts as not known.
       *[other] Its facts may be at most { $days } days old on the day of the round; an older one counts as not known.
    }
source-fallback = If it has no answer, these are asked instead, in this order: { $list }.
source-columns = It answers for these facts in place of the applicant: { $list }.
source-withdrawn-on = It was withdrawn on { $date }: nothing it says or said counts.
source-disagreement = { $rule ->
        [newest] Where fresh answers of several sources differ, the youngest counts; all of them are published.
        [unknown] Where fresh answers of several sources differ, none counts and it is not known until somebody settles it; all of them are published.
       *[first] Where fresh answers of several sources differ, that of the source named first counts; all of them are published.
    }
source-signed = Its answers count only with its signature (key { $key }…).
source-publish = { $publish ->
        [digest] Of its answers only a digest is shown.
       *[outcome] Of its answers only the outcome is shown, not what it rests on.
    }
source-disputed = While an operator disputes an answer and the source has not replied, that answer counts as not known.
source-none = All facts come from the tables of the round.

# Reach
access-demand = The people of a place would make so many visits a week in the busy hours: { $formula }.
access-supply = A facility can take so many visits a week in the busy hours: { $formula }.
access-way = People go up to { $max } minutes at { $speed } km an hour; a way is { $detour } times as long as the straight line.
access-way-table = People go up to { $max } minutes, by the table of travel times that is part of the round; what it does not list is out of reach.
access-decay-none = Within that limit, near and far count the same.
access-decay-steps = What is nearer counts for more: { $list }. Each limit is included.
access-step = up to { $minutes } minutes { $share }%
access-decay-gaussian = What is nearer counts for more, by the bell curve e^(−½ (minutes ÷ { $minutes })²).
access-decay-gravity = What is nearer counts for more, by the power { $exponent } of the minutes; less than { $least } minutes count as { $least }.
access-method = { $method ->
        [three-step] What a facility offers is shared among all who can reach it; people with more to choose from lean on each less (three-step floating catchment area).
       *[two-step] What a facility offers is shared among all who can reach it, and what a place can reach is added up (two-step floating catchment area).
    }
access-balance = Visits are spread over what is within reach, more to what is nearer and larger. A facility that is full takes no more: who finds no room is sent on to where there is some, { $rounds } times in all. What then is left is unmet: out of reach, or no room.

# Conditions of admission
gates-none = Every application is admitted.
gate = { $title }. An application is admitted only if: { $condition }.
gate-untitled = An application is admitted only if: { $condition }.
gate-stands-in = Where that is not known, this stands in for it: { $condition }.
gate-unknown = { $rule ->
        [pass] If that is not known, the application is admitted.
        [fail] If that is not known, the application is not admitted.
       *[hold] If that is not known, the application is held until it is.
    }
detector-rule = { $action ->
        [hold] “{ $title }”: where this is found, the application is held until somebody has looked
       *[review] “{ $title }”: where this is found, somebody looks; the application does not wait
    }{ $severity ->
        [high] {" "}(only what is serious).
        [medium] {" "}(from medium severity on).
       *[low] .
    } A finding is a question: it changes no amount.
detector-settings = Settings of this round: { $list }.
gate-held = A held application takes part as if it were cleared: what it would get is reserved for it, so that clearing it later lowers nobody else's award.

# Points
points-none = These rules give no points.
aggregation = { $rule ->
        [geometric] The score lies between 0 and 100 points. It is the weighted geometric mean of the criteria: a weak criterion is never made up for in full.
        [weakest-criterion] The score lies between 0 and 100 points. It is that of the weakest criterion.
       *[weighted-sum] The score lies between 0 and 100 points. It is the sum of the points of all indicators.
    }
points-goalposts = { $direction ->
        [falling] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”: { $low } or more earns nothing, { $high } or less earns all { $weight }, in a straight line between.
       *[rising] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”: { $low } or less earns nothing, { $high } or more earns all { $weight }, in a straight line between.
    }
points-log = { $direction ->
        [falling] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”: { $low } or more earns nothing, { $high } or less earns all { $weight }; between them every doubling counts the same.
       *[rising] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”: { $low } or less earns nothing, { $high } or more earns all { $weight }; between them every doubling counts the same.
    }
points-bands = Up to { $weight } { $n ->
        [one] point
       *[other] points
    } for “{ $title }”, in proportion to a mark: { $list }; a smaller value has the mark 0. The mark { $top } earns all { $weight }.
points-band = { $from } or more has the mark { $mark }
points-categories = Up to { $weight } { $n ->
        [one] point
       *[other] points
    } for “{ $title }”, in proportion to a mark: { $list }. The mark { $top } earns all { $weight }.
points-category = “{ $word }” has the mark { $mark }
points-category-other = everything else has the mark { $mark }
points-category-none = everything else counts as not known
points-rank = { $direction ->
        [falling] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”, by rank: the smallest value earns most.
       *[rising] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”, by rank: the largest value earns most.
    }
points-deviation = { $direction ->
        [falling] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”, by the distance below the average, counted up to { $clamp } standard deviations either way.
       *[rising] Up to { $weight } { $n ->
                [one] point
               *[other] points
            } for “{ $title }”, by the distance above the average, counted up to { $clamp } standard deviations either way.
    }
points-among-all = It is compared with all other applications, so these points also hang on who else applies.
points-among-group = It is compared with applications alike in: { $group }. So these points also hang on who else applies.
points-value = It is measured as: { $formula }.
missing-worst = If it is not known, it earns nothing.
missing-hold = If it is not known, the application is held until it is.
missing-value = If it is not known, this stands in: { $value }.
missing-median-all = If it is not known, the median of all applications stands in, and is marked as such.
missing-median-group = If it is not known, the median of applications alike in this stands in, and is marked as such: { $group }.
error-relative = The value may be wrong by up to { $part }% either way.
error-absolute = The value may be wrong by so much either way: { $amount }.

# Money
pot-share = This part is { $share }% of the budget.
pot-all = All admitted applications take part.
pot-when = Admitted applications take part for which: { $condition }.
pot-fair-share = Everyone gets the same money per unit of weight, except where a published floor or ceiling binds.
pot-weight = The weight of an application: { $formula }.
pot-floor = Nobody who takes part gets less than: { $formula }.
pot-ceiling = Nobody gets more than: { $formula }.
pot-minimum = An award below this is not paid at all: { $formula }. The application with the fewest points gives way first, and the money is divided again.
bound-floor = Together, the applications of a territory of the level “{ $level }” get at least: { $floor }.
bound-ceiling = Together, the applications of a territory of the level “{ $level }” get at most: { $ceiling }.
bound-both = Together, the applications of a territory of the level “{ $level }” get at least: { $floor }; and at most: { $ceiling }.

# What is kept back
rest-appeals = { $share }% of the budget is kept for appeals.
rest-until = What is left of the reserve on { $date } is divided by the same rules.
rest-unspent = If every ceiling is reached and money is left, it is shown as not divided.
rest-sum = Awards, the reserve, and what is not divided add up to the budget exactly.

# Forecasts that earn points
forecast-cap = “{ $title }” is a forecast made by looking up and adding the numbers of the published tables { $file }. It can earn { $moved } points; the rules allow it no more than { $cap }.
forecast-columns = It rests on: { $list }.
forecast-exposure = It is multiplied by: { $formula }.
forecast-per = It is divided by: { $formula }.
forecast-by-hand = Anyone can recompute a forecast with a pencil: the tables hold whole numbers, and each part of it stands beside the points. It rests on nothing that an application asks for, that was paid before, or that became known after the round's day.

# What people see
observations-least = { $n ->
        [one] What { $least } person says counts; nothing less is a number.
       *[other] Only what at least { $least } people say independently of each other is a number; with fewer it is not known.
    }
observations-age = What was seen or told more than { $days } days before the day of the round does not count.
observations-weighed = Nobody is believed by name: an answer weighs more the more often its author agrees with others about all facilities, and a stranger is believed for four answers of five. A share is the probability that the favourable answer is the case; a count is a median.
observations-burst = Answers from one device, in one text, or alike and within { $burst } minutes of each other count as one.
observations-journeys = A way is told from wanting to join to the first training. Its minutes and steps are medians, its obstacles the mean number of what stood in the way; whoever tells of several ways counts once.

# How firm the decision is
uncertainty-replicas = The round is divided { $replicas } times more under small variations of what went into it. None of these is the decision; together they show how far it could be another.
uncertainty-weights = Weights are varied together around the published ones: a weight of average size by { $spread }% of itself (one standard deviation), and all still sum to 100.
uncertainty-data = Values with a stated error are varied within it, every value in that range as likely as any other.
uncertainty-forecasts = Forecasts are varied as widely as they were wrong on facilities that they had never seen.
uncertainty-imputation = What stands in for a missing value is drawn from the known values of the indicator.
uncertainty-scale = Another scale is tried: logarithms in place of a straight line and the other way round, where both ends are above zero; the distance from the average in place of the rank, and the other way round.
uncertainty-bands = Published is the range in which nine of ten variations lie, and in how many of them an application is funded. Conditions of admission and what is asked for are not varied.

# What every rule may carry
rule-title = { $title }.
rule-from = In force from { $from }.
rule-until = In force until { $until }.
rule-between = In force from { $from } until { $until }.
rule-reference = Legal basis: { $reference }
note-own-word = This rests on the applicant's own word: { $because }
date = { $month ->
        [m1] { $day } January { $year }
        [m2] { $day } February { $year }
        [m3] { $day } March { $year }
        [m4] { $day } April { $year }
        [m5] { $day } May { $year }
        [m6] { $day } June { $year }
        [m7] { $day } July { $year }
        [m8] { $day } August { $year }
        [m9] { $day } September { $year }
        [m10] { $day } October { $year }
        [m11] { $day } November { $year }
       *[m12] { $day } December { $year }
    }

# Formulas
formula-text = “{ $text }”
formula-yes = yes
formula-no = no
formula-and = { $a } and { $b }
formula-or = { $a } or { $b }
formula-not = not ({ $a })
formula-choice = { $this } if { $condition }, and { $that } otherwise
formula-in = { $item } is one of ({ $list })
formula-least = the least of ({ $list })
formula-greatest = the greatest of ({ $list })
formula-has = { $name } is known
formula-has-not = { $name } is not known
formula-check-pass = the check “{ $check }” is passed
formula-check-fail = the check “{ $check }” is not passed
formula-starts = { $whole } begins with { $part }
formula-ends = { $whole } ends with { $part }
formula-contains = { $whole } contains { $part }
formula-sum = the sum of earlier records ({ $name })
formula-mean = the mean of earlier records ({ $name })
formula-count = the number of earlier records ({ $name })
formula-latest = the latest record ({ $name })
formula-min = the least of earlier records ({ $name })
formula-max = the greatest of earlier records ({ $name })
unit-square-metres = { $number } m²
unit-other = { $number } { $unit }

# Quantities
column-application = “{ $column }” of the application
column-facility = “{ $column }” of the facility
column-operator = “{ $column }” of the operator
column-territory = “{ $column }” of the territory
column-check = the check “{ $column }”
column-point = “{ $column }” of the place where people live
column-observed = what people answered to “{ $column }”
column-history = “{ $column }” of earlier records
quantity-score = points
quantity-pot = the money of this part
quantity-application-application_id = identifier of the application
quantity-application-facility_id = identifier of the facility
quantity-application-amount_sought = amount asked for
quantity-application-amount_minimum = smallest useful amount by the application
quantity-application-previous_amount = amount of the previous round
quantity-application-purpose = purpose
quantity-facility-facility_id = identifier of the facility
quantity-facility-operator_id = identifier of the operator
quantity-facility-name = name of the facility
quantity-facility-type = type of the facility
quantity-facility-territory = territory of the facility
quantity-facility-lat = latitude
quantity-facility-lon = longitude
quantity-facility-floor_area_m2 = floor area
quantity-facility-capacity = capacity
quantity-operator-operator_id = identifier of the operator
quantity-operator-name = name of the operator
quantity-operator-legal_form = legal form of the operator
quantity-territory-territory = territory
quantity-territory-parent = territory above it
quantity-territory-level = level of the territory
quantity-territory-population = population of the territory
quantity-territory-population_share = the territory's share of the population
quantity-territory-demand_share = the territory's share of the sum asked for
quantity-territory-sought = sum asked for in the territory
quantity-journey-minutes = minutes from wanting to join to the first training
quantity-journey-steps = steps from wanting to join to the first training
quantity-journey-obstacles = obstacles met on the way to the first training
quantity-history-period = period
quantity-history-amount = amount awarded earlier
quantity-territory-visits_wanted = visits a week that people of the territory would make
quantity-territory-visits_unmet = visits a week of the territory's people that find no place
quantity-territory-unmet_share = the part of the territory's visits that finds no place
quantity-territory-need_share = the territory's share of all visits that find no place
quantity-territory-relative_reach = what the territory's people can reach, compared with the whole (1 = the same)
quantity-point-point_id = identifier of the place where people live
quantity-point-lat = latitude
quantity-point-lon = longitude
quantity-point-territory = territory
quantity-point-population = residents
quantity-access-people = people within reach, the near ones counted for more
quantity-access-visits_wanted = visits a week that people within reach would make
quantity-access-visits_unmet = visits a week of people within reach that find no place
quantity-access-unmet_share = the part of the visits within reach that finds no place
quantity-access-visits_expected = visits a week that the facility would get
quantity-access-used_share = the part of the facility's room that would be used
quantity-access-relative_reach = what people around the facility can reach, compared with the whole (1 = the same)

# Independence
independence-rule = The round is divided once more without each optional source, and without all of them. Where more than { $tolerance }% of the budget would move, the decision says that this money rests on the source.
privacy-rule = In published tables a count of fewer than { $smallest } people is not shown, and neither is any other count that would give it away.

# Clusters
clusters-rule = Operators that share enough count as one where a rule speaks of their cluster. What sharing counts: { $list }. From { $threshold } on two operators are linked. What more than { $most } operators share counts nothing. Being linked is no guilt, and by itself changes nothing.
quantity-cluster-sought = sum asked for by all operators that count as one with the applicant
quantity-cluster-operators = number of operators that count as one with the applicant
quantity-cluster-applications = number of applications of all operators that count as one with the applicant
