### A decision as people read it: page, spreadsheet, terminal.
### Names of clubs, places and rules stand where they need no ending.

# Numbers and days
money = { $amount }{ "\u00A0" }{ $code }
money-EUR = { $amount }{ "\u00A0" }euro
money-GBP = { $amount }{ "\u00A0" }pounds
money-KZT = { $amount }{ "\u00A0" }tenge
currency-EUR = euro
currency-GBP = pounds sterling
currency-KZT = tenge
date = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
applications = { $n ->
        [one] { $count } application
       *[other] { $count } applications
    }
amounts-in = All amounts in { $currency }.
as-of = as of { $date }
source-as-of = { $source }, as of { $date }
reference = Legal basis: { $reference }.
not-stated = not stated
not-known = not known

# Words of the decision
status-funded = funded
status-not-funded = not funded
status-held = held
status-ineligible = not admitted
status-held-kept = held: { $amount } kept
outcome-pass = passed
outcome-fail = not passed
outcome-unknown = not known
simulated = Simulated data.
simulated-note = Nobody applied, and nobody is paid: the clubs and facts of this round were made up to show how the rules work.
whole-budget = The whole budget
no-place = Without a place
level-country = country
level-province = province
level-county = county
level-region = region
level-district = district
level-city = city
level-rural-district = rural district
quantity-weight = weight
quantity-floor = floor
quantity-ceiling = ceiling
quantity-minimum = smallest useful amount

# The sentence of one application
funded-points = { $name } receives { $amount }: { $points } points × { $sought } asked for × { $price }, the price in { $place }.
funded-weight = { $name } receives { $amount }: a weight of { $weight } × { $price }, the price in { $place }.
funded-all = { $name } receives { $amount }, all that it asked for. Points alone would have given it { $share }.
funded-ceiling = { $name } receives { $amount }, the most that the rules allow it. Points alone would have given it { $share }.
funded-floor = { $name } receives { $amount }, the least that the rules promise it. Points alone would have given it { $share }.
funded-zero-weight = { $name } receives { $amount }, the least that the rules promise it. Its weight is zero.
funded-pots = { $n ->
        [one] { $name } receives { $amount } from { $count } part of the budget.
       *[other] { $name } receives { $amount } from { $count } parts of the budget.
    }
nothing-below-minimum = { $name } receives nothing this round: its share was { $award }, and less than { $minimum } would be of no use to it. What it would have had went to the others.
nothing-below-unit = { $name } receives nothing this round: its share is less than the smallest payable step, { $unit }.
nothing-no-pot = { $name } receives nothing this round: no part of the budget is open to it.
nothing-zero-weight = { $name } receives nothing this round: its weight under the rules is zero.
nothing-ceiling = { $name } receives nothing this round: its own ceiling is zero.
held-flag = { $kept ->
        [some] { $name } waits until somebody has looked at “{ $title }”. { $amount } are kept for it; a finding is a question, not a verdict.
       *[none] { $name } waits until somebody has looked at “{ $title }”. Nothing is kept for it.
    }
held-gate = { $kept ->
        [some] We don't know yet whether { $name } meets the condition “{ $title }”. { $amount } are kept for it until that is known.
       *[none] We don't know yet whether { $name } meets the condition “{ $title }”. Nothing is kept for it.
    }
held-amount = { $kept ->
        [some] We don't know yet how much { $name } asks for. { $amount } are kept for it until that is stated.
       *[none] We don't know yet how much { $name } asks for. Until that is stated, nothing can be kept for it.
    }
held-indicator = { $kept ->
        [some] { $name } waits: the value of “{ $title }” is missing. { $amount } are kept for it, enough for any value.
       *[none] { $name } waits: the value of “{ $title }” is missing. Nothing is kept for it.
    }
held-quantity = { $kept ->
        [some] { $name } waits: its { $quantity } in “{ $pot }” can't be computed from what is known. { $amount } are kept for it.
       *[none] { $name } waits: its { $quantity } in “{ $pot }” can't be computed from what is known, so nothing can be kept for it.
    }
held-other = { $kept ->
        [some] { $name } waits: something that the rules need is not known. { $amount } are kept for it.
       *[none] { $name } waits: something that the rules need is not known. Nothing is kept for it.
    }
ineligible = { $known ->
        [yes] { $name } receives nothing this round: the condition “{ $title }” is not met (source: { $source }).
       *[no] { $name } receives nothing this round: the condition “{ $title }” is not met.
    }

# Its steps
gate-line = { $known ->
        [yes] { $title }: { $outcome } (source: { $source })
       *[no] { $title }: { $outcome }
    }
flag-line = { $title }: { $n ->
        [one] { $flags } finding
       *[other] { $flags } findings
    }, { $severity ->
        [high] serious
        [medium] medium
       *[low] minor
    }{ $holds ->
        [yes] ; the application waits
       *[no] ; somebody looks, the application does not wait
    }. { $sentence }
answer = { $check }: { $said } ({ $source }).
answer-evidence = { $check }: { $said } ({ $source }; { $evidence }).
answer-digest = { $check }: the source lets only a digest of its answer be shown ({ $source }): { $digest }.
answer-disputed = { $check }: { $said } ({ $source }), disputed; it counts as { $counts }.
dispute = The operator disputes this since { $date }: “{ $claim }”
dispute-open = The source has not replied yet.
dispute-reply = { $source } replied on { $date }: “{ $reply }”
answer-none = { $check }: nobody has answered.
answer-old = { $check }: { $said } ({ $source }), but that is too old to count, so it is not known.
stands-in = where not known:
answer-against = { $check }: { $source } says { $said }.
answer-unsettled = { $check }: { $said } ({ $source }), but sources differ, so it is not known until somebody settles it.
points-sum = { $value } → { $scaled } × { $weight } = { $points } points
points-part = { $value } → { $scaled } of { $weight } → { $points } points
points-total = { $points } points
source-line = Source: { $source }
own-word = It rests on the applicant's own word, because: { $because }.
chain-free = { $place }: { $price }
chain-ceiling = { $place }: { $price }, since the place is held at its ceiling of { $bound }
chain-floor = { $place }: { $price }, since the place is lifted to its floor of { $bound }
bound-ask = no more than was asked for
bound-ceiling = no more than { $ceiling }
bound-floor = no less than { $floor }
bound-minimum = less than { $minimum } would be of no use, so nothing
bound-zero-weight = no weight, so no more than the floor
imputed-worst = The value is missing and earns no points.
imputed-stated = The value is missing; the one that the rules state stands in.
imputed-group-median = The value is missing; the median of its group stands in.
imputed-round-median = The value is missing, in its whole group too; the median of the round stands in.
imputed-held = The value is missing; until it is known, full points are assumed for what is kept.
rank-of = { $rank } of { $ranked }

# What would change it
change-next-point = One more point would add { $adds }.
change-ceiling-ask = More points would add nothing: it already receives what it asked for.
change-ceiling-ask-held = More points would add nothing: all that it asked for is kept for it.
change-ceiling = More points would add nothing: the rules allow it no more than { $ceiling }.
change-floor = More points would add nothing until its share, now { $share }, passes the floor of { $floor }.
change-minimum = A share of at least { $minimum } would be paid; more points raise the share.
change-meet-gate = Once the condition “{ $title }” is met, the application is counted.
change-answer-flag = Once what was found under “{ $title }” is answered, what is kept is paid.
change-clear-gate = Once the condition “{ $title }” is known to be met, what is kept is paid.
change-state-amount = Once the amount asked for is stated, the application is counted.
change-state-value = Stating the value of “{ $title }” can add up to { $points } points.

# What binds a place
place-ceiling = Held at its own ceiling
place-floor = Lifted to its own floor
place-zero-weight = Nobody here has a weight
place-free = No bound of its own; the price of “{ $above }”
place-free-common = No bound of its own; the common price
place-free-root = No bound

# The page
kicker = Decision of a funding round
lead = { $n ->
        [one] { $awarded } go to { $count } of { $all-count } applications, by one set of rules for all.
       *[other] { $awarded } go to { $count } of { $all-count } applications, by one set of rules for all.
    }
about = Facts are judged as of { $date }. Below stands why each application receives what it receives, and how anyone can check it.
nav-label = On this page
nav-find = Find an application
heading-totals = The money
heading-statuses = The applications
heading-pictures = Pictures
heading-places = Places
heading-applications = Every application
heading-rules = The rules
heading-sources = Sources
heading-problems = Data problems
heading-verify = Check it yourself
heading-gates = Conditions of admission
heading-points = Points
heading-indicators = Indicators
heading-changes = What would change it
heading-money = Money: { $pot }
total-awarded = Awarded
total-reserved = Reserved
total-unspent = Not divided
total-budget = Budget
total-sum = Sum
total-for-held = Reserved for held applications
total-for-appeals = Reserved for appeals
of-which-appeals = of which { $amount } for appeals
show-table = Show as table
chart-money = { $several-pots ->
        [yes] { $place } receives the most from “{ $pot }”: { $amount }.
       *[no] { $place } receives the most: { $amount }.
    }
chart-money-note = { $n ->
        [one] The pale band runs from the place's floor to its ceiling. Of { $count } place, { $ceilings } held at the ceiling (↓), { $floors } lifted to the floor (↑).
       *[other] The pale band runs from a place's floor to its ceiling. Of { $count } places, { $ceilings } held at the ceiling (↓), { $floors } lifted to the floor (↑).
    }
chart-points = { $n ->
        [one] Points run from { $low } to { $high }; the largest group, { $count } application, has { $bin }.
       *[other] Points run from { $low } to { $high }; the largest group, { $count } applications, has { $bin }.
    }
chart-ask = { $n ->
        [one] Most often, for { $count } application, { $bin } of the ask is met; { $all } receive all of it, { $none } nothing.
       *[other] Most often, for { $count } applications, { $bin } of the ask is met; { $all } receive all of it, { $none } nothing.
    }
chart-ask-note = Admitted applications, by how much of the amount asked for they receive.
bin-points = { $from } to { $to } points
bin-percent = { $from } to { $to } %
bin-nothing = nothing
bin-all = all of it
places-intro = Everyone in a place has the same price. It differs from that of the places around it only where a floor or a ceiling binds.
price-note = The price is { $currency } for each unit of weight. The weight is: { $weight }.
price-note-points = The price is { $currency } for each point and each { $currency } asked for.
applications-intro = Open a row to see why this amount: conditions, points, price, bounds, and what would change it.
ledger-intro = Open a place to see its applications. Each row is its own explanation: for every indicator the value and the points it earns, then weight × price = share for every part of the budget, and the amount.
ledger-signs = ↓ held at its ceiling, ↑ lifted to its floor, ✕ nothing, ? not known. The head of a column leads to its rule; “adil explain” says any row in full sentences.
order-label = Most first
index-places = By place
search-label = Find an application
search-hint = Name, place or number
filter-all = All
sort-by-place = Back to places
shown = Shown: { $shown } of { $all }
rules-intro = The rules in words, as they stand in policy.toml. The tables below them are what every row points to.
sources-none = No outside source is named; all facts come from the tables of the round.
source-live = answered
source-stale = answers too old to count
source-absent = no answer
source-undated = no date stated
source-withdrawn = withdrawn
source-required = required
source-optional = optional
problems-none = Nothing in the data was found wanting.
problems-some = { $n ->
        [one] { $count } warning: the round went on, and the sentence says what happened to the row.
       *[other] { $count } warnings: the round went on, and each sentence says what happened to the row.
    }
problems-more = { $n ->
        [one] { $count } more is in problems.csv.
       *[other] { $count } more are in problems.csv.
    }
verify-intro = This page only shows the decision; the decision itself is the tables beside it. Three checks need nobody's trust:
verify-files = that no file was changed:
verify-again = that the same rules and tables give the same amounts:
verify-other = that an independent program agrees:
digests-caption = The files this decision was made from, with their digests.
footer = Made by adil { $engine } from the decision of round “{ $round }”. It loads nothing from anywhere and may be kept, sent and printed.
footer-policy = Digest of the rules (SHA-256):
label-conditions = Conditions of admission
label-points = Points: value → part of the weight × weight = points
label-changes = What would change it
sum-points = points
sum-sought = asked for
sum-price = price
sum-share = share
sum-weight = weight

# Maps
heading-maps = Maps
map-no-data = not known
map-whole = Together
map-places = { $n ->
        [one] { $count } place
       *[other] { $count } places
    }
map-facilities = { $n ->
        [one] { $count } facility
       *[other] { $count } facilities
    }
map-hexagons = { $n ->
        [one] { $count } hexagon
       *[other] { $count } hexagons
    }
map-class-all = all the same
map-class-below = below { $to }
map-class-between = { $from } to { $to }
map-class-from = { $from } and more
percent = { $value }{ "\u00A0" }%
percent-below = under { $value }{ "\u00A0" }%
percent-change = { $sign ->
        [less] −{ $value }{ "\u00A0" }%
        [more] +{ $value }{ "\u00A0" }%
       *[none] { $value }{ "\u00A0" }%
    }
kilometres = { $value }{ "\u00A0" }km
map-per-head = For each resident, the most goes to { $most }, { $most-amount }, and the least to { $least }, { $least-amount }.
map-per-head-groups = Larger places together: for each resident, the most goes to { $most }, { $most-amount }, and the least to { $least }, { $least-amount }.
map-per-head-note = What is awarded in a place, divided by the people who live there. What is kept for held applications is not counted.
map-unmet = { $whole } of the visits that people would make find no place to go; in { $most } it is { $most-value }.
map-unmet-note = A visit finds no place where nothing is within reach, or all that is within reach is full.
map-change = { $n ->
        [one] Compared with last time, { $up } place gains and { $down } lose; together it is { $whole }.
       *[other] Compared with last time, { $up } places gain and { $down } lose; together it is { $whole }.
    }
map-change-note = Only applications that say what they had the last time are compared, and none that is held.
map-points = { $n ->
        [one] { $count } facility, where it stands.
       *[other] { $count } facilities, where they stand.
    }
map-points-note = A full point receives money, a hollow one does not.
map-hexagon-title = { $n ->
        [one] Half of the money goes to { $count } of the { $all } hexagons that hold { $facilities }.
       *[other] Half of the money goes to { $count } of the { $all } hexagons that hold { $facilities }.
    }
map-hexagon-note = Every hexagon covers the same ground; it is coloured by what the facilities in it are awarded.
map-hexagon-amount = Awarded in a hexagon, { $currency }
millions-of = million { $currency }

# How firm the decision is
heading-firm = How firm this is
column-firm = In how many variations, and how much
band-refused = No variation changes this: a condition of admission is not met.
band-award = { $funded ->
        [all] In all { $replicas } plausible variations it would be funded, in nine of ten with { $low } to { $high }.
        [same] In all { $replicas } plausible variations it would be funded, in nine of ten with the same { $low }.
        [none] In none of { $replicas } plausible variations would it be funded.
       *[some] In { $share } of 100 plausible variations it would be funded; nine of ten give it { $low } to { $high }.
    }
band-held = { $funded ->
        [all] In all { $replicas } plausible variations money would be kept for it, in nine of ten { $low } to { $high }.
        [same] In all { $replicas } plausible variations money would be kept for it, in nine of ten the same { $low }.
        [none] In none of { $replicas } plausible variations would money be kept for it.
       *[some] In { $share } of 100 plausible variations money would be kept for it; in nine of ten { $low } to { $high }.
    }
band-points = { $ranks ->
        [same] Nine of ten variations give it { $low } to { $high } points and the same rank, { $first }.
       *[range] Nine of ten variations give it { $low } to { $high } points and rank { $first } to { $last }.
    }
band-above = The range lies above the published points: by the rules a value that is not known earns less than the values of others, which the variations put in its place. Stating it would help.
band-below = The range lies below the published points: by the rules a value that is not known earns more than the values of others, which the variations put in its place.
sobol-index = { $value }{ "\u00A0" }% ({ $low } to { $high })
chart-weights = “{ $title }” weighs { $weight } of 100 and explains { $effective } % of the differences between scores.
chart-weights-note = The pale bar is the published weight, the dark one the part of the differences between scores that the indicator really explains. Both sum to 100. Below zero, it works against the others.
column-effective = Explains of the differences
chart-sensitivity = { $source ->
        [weights] What moves most money is the choice of weights: it has a hand in { $share } % of the differences between variations.
        [data] What moves most money is how exact the values are: it has a hand in { $share } % of the differences between variations.
        [imputation] What moves most money is what stands in for missing values: it has a hand in { $share } % of the differences between variations.
       *[scale] What moves most money is the choice of scales: it has a hand in { $share } % of the differences between variations.
    }
chart-sensitivity-note = From { $replicas } variations of the round. The dark bar is the part in which it has a hand (total Sobol index), the pale one the interval of that estimate; because sources act together, the parts may sum to more than 100 %.
sensitivity-label = { $output }: { $source }
output-points-shift = Points
output-rank-shift = Ranks
output-money-moved = Money
varied-weights = weights
varied-data = exactness of values
varied-imputation = missing values
varied-scale = scales
column-varied = What is varied
column-total-index = Has a hand in
column-first-index = Explains alone
sheet-firm = How firm it is
sheet-moves = What moves it
firm-sheet-title = Where nine of ten plausible variations of the round lie ({ $replicas } variations)
firm-note-held = Held: the amount is what is kept for it until it is cleared.
moves-sheet-note = From { $replicas } variations of the round: the part of their differences in which each source has a hand (total Sobol index), and the part that it explains alone, each with the interval of that estimate. Because sources act together, the parts may sum to more than 100 %; an estimate may lie slightly outside 0 to 100 %.
weights-sheet-note = The published weight of each indicator, and the part of the differences between scores that it explains. Both sum to 100. Below zero an indicator works against the others.
column-points-low = Points from
column-points-high = Points to
column-rank-low = Rank from
column-rank-high = Rank to
column-amount-or-kept = Amount, or what is kept
column-amount-low = Amount from
column-amount-high = Amount to
column-funded-part = In how many variations it is more than nothing
column-note = Note
column-output = What it moves
column-index-low = from
column-index-high = to

# Columns
column-id = Application number
column-application = Application
column-applications = Applications
column-operator = Operator
column-purpose = Purpose
column-place = Place
column-place-code = Place code
column-level = Level
column-parent = Within
column-status = Status
column-reason = Reason
column-sought = Amount asked for
column-floor = Floor
column-ceiling = Ceiling
column-minimum = Smallest useful amount
column-amount = Amount awarded
column-amount-in = Amount awarded, { $currency }
column-pot-amount = Amount in this part
column-reserved = Reserved
column-kept = Kept for it
column-price = Price
column-bound = What binds
column-points = Points
column-rank = Rank
column-weight = Weight
column-weight-points = Weight, points
column-share = Share
column-before-rounding = Before rounding
column-before-drop = Share before
column-check = Check
column-value = Value
column-scaled = Scaled, 0 to 1
column-node = Price row
column-pot = Part of the budget
column-gate = Condition
column-criterion = Criterion
column-indicator = Indicator
column-expression = As the rules write it
column-scale = Scale
column-low = Earns nothing
column-high = Earns all
column-top = Top mark
column-threshold = From, or word
column-mark = Mark
column-missing = If missing
column-source = Source
column-state = State
column-as-of = As of
column-role = Role
column-reference = Legal basis
column-file = File
column-rows = Rows
column-people = Residents
column-per-head = For each resident, { $currency }
column-visits-wanted = Visits a week people would make
column-visits-unmet = Visits that find no place
column-unmet = Part that finds no place
column-last-time = Last time
column-this-time = This time
column-change = Change
column-facilities = Facilities
column-hexagons = Hexagons
column-next-point = One more point adds
column-share-of-ask = Part of the ask
column-before = Decision
column-after = What if
column-difference = Difference

# The spreadsheet
sheet-guide = Read me
sheet-rules = Rules
sheet-applications = Applications
sheet-places = Places
sheet-totals = Totals
rules-sheet-title = Weights and scales that the formulas point to
scale-goalposts = straight line from “earns nothing” to “earns all”
scale-bands = marks by threshold (below)
scale-categories = marks by word (below)
scale-log = straight line of the logarithm
scale-percentile = mid-rank within the group (value given)
scale-zscore = distance from the group's mean (value given)
missing-worst = no points
missing-value = { $value } stands in
missing-median = the group's median stands in
missing-hold = the application waits
reason-share = its share at the price of its place
reason-floor = the floor binds
reason-ceiling = the ceiling binds
reason-zero-weight = its weight is zero
reason-below-minimum = its share is below the smallest useful amount
reason-below-unit = its share is below the smallest payable step
reason-no-pot = no part of the budget is open to it
reason-amount-unknown = the amount asked for is not known
reason-gate-failed = condition not met: { $title }
reason-flagged = “{ $title }”: to be looked at
reason-gate-unknown = condition not known: { $title }
reason-quantity-unknown = can't be computed: { $quantity }
reason-indicator-missing = value missing: { $title }
guide-round = Round
guide-what = This workbook repeats the decision with live formulas, so that anyone can follow an amount from the value to the money. The decision itself is in the CSV tables; where the two differ, the tables count.
guide-engine = Made by
guide-digest = Digest of the rules (SHA-256)
guide-sheets = Sheets
guide-sheet-rules = Weights, scales and marks. Change a weight here and the points and shares follow; prices do not, since they are solved for all applications together.
guide-sheet-applications = A row for each application: values, points, weight, price, share, bounds, amount.
guide-sheet-places = Sums of each place, its bounds, and the price that everyone in it has.
guide-sheet-totals = Awarded, reserved, not divided, and the budget that they add up to.
guide-sheet-firm = A row for each application: points, rank and amount, and between which values nine of ten plausible variations of the round lie.
guide-sheet-moves = What moves the decision, and the published weights beside what they come to.
guide-columns = Columns
guide-value = What was measured, as published.
guide-scaled = Where the value stands between nothing and all of the weight.
guide-points = Scaled × weight, with six decimals.
guide-weight = What the money follows, fixed to six decimals.
guide-node = The row in the sheet of places whose price applies.
guide-price = Money for each unit of weight, looked up in the sheet of places.
guide-share = Weight × price, before the application's own bounds.
guide-bounds = The least and the most that the application may receive, in whole payable steps.
guide-before-rounding = The share, between floor and ceiling.
guide-amount = The published amount in whole payable steps.
guide-check = ✓ where the published amount is less than one payable step away from the computed one.
guide-kept = What is kept for a held application until it is cleared.
guide-notes = Notes
guide-imputed = A value in italics on a coloured ground was missing; the rules say what stands in for it.
guide-given = Where a scale compares applications with each other, or a weight needs facts that stand in no column, the cell holds the decision's number and no formula.
guide-rounding = A spreadsheet rounds halves up, the decision rounds halves to even: the last of six decimals may differ by one.
guide-exact = A spreadsheet computes with about 15 digits; the decision computes exactly.

# The terminal
label-read = read
label-problems = problems
label-gates = gates
label-awards = awards
label-money = money
label-check = check
summary-head = { $n ->
        [one] { $title } · { $count } application · { $budget }
       *[other] { $title } · { $count } applications · { $budget }
    }
summary-read = { $n ->
        [one] policy.toml, { $count } table, { $rows ->
                [one] { $rows-count } row
               *[other] { $rows-count } rows
            }
       *[other] policy.toml, { $count } tables, { $rows ->
                [one] { $rows-count } row
               *[other] { $rows-count } rows
            }
    }
summary-problems = { $n ->
        [one] { $count } warning; problems.csv has it
       *[other] { $count } warnings; problems.csv has them all
    }
summary-gates = { $admitted } admitted · { $held } held · { $ineligible } not admitted
summary-awards = { $funded } funded · { $not-funded } not funded
summary-money = awarded { $awarded } + reserved { $reserved } + not divided { $unspent } = { $budget }
summary-holds = sums exact · bounds exact · certificate holds
summary-fails = the decision does not pass its own check; please report this
summary-next = { $out }   next: adil explain { $round } { $id }
and-more = { $n ->
        [one] … and { $count } more
       *[other] … and { $count } more
    }
and-more-places = { $n ->
        [one] … and { $count } more place
       *[other] … and { $count } more places
    }
what-if = This is not the decision. It shows what other rules would give.
what-if-nothing = No amount would change.
what-if-gains = { $n ->
        [one] { $count } application would receive more, { $sum } in all.
       *[other] { $count } applications would receive more, { $sum } in all.
    }
what-if-losses = { $n ->
        [one] { $count } application would receive less, { $sum } in all.
       *[other] { $count } applications would receive less, { $sum } in all.
    }
what-if-budget = The budget would be { $after } instead of { $before }.
heading-status-changes = { $n ->
        [one] { $count } application would change its status
       *[other] { $count } applications would change their status
    }
status-change = { $name } ({ $id }): { $before } → { $after }
heading-gains = Largest gains
heading-losses = Largest losses

# A shadow round, which nobody applied to: each of these stands in for the message without the prefix
shadow-applications = { $n ->
        [one] { $count } facility
       *[other] { $count } facilities
    }
shadow-kicker = A shadow round: published rules over a register, and nobody's decision
shadow-lead = { $n ->
        [one] By these rules { $awarded } would go to { $count } of { $all-count } facilities.
       *[other] By these rules { $awarded } would go to { $count } of { $all-count } facilities.
    }
shadow-about = Nobody applied and nobody is paid by it: every facility of the register stands as a candidate, and wherever this page says “receives”, read “would receive”. Facts are judged as of { $date }. Below stands why each facility comes to its amount, and how anyone can check it.
shadow-nav-find = Find a facility
shadow-heading-statuses = The facilities
shadow-heading-applications = Every facility
shadow-chart-points = { $n ->
        [one] Points run from { $low } to { $high }; the largest group, { $count } facility, has { $bin }.
       *[other] Points run from { $low } to { $high }; the largest group, { $count } facilities, has { $bin }.
    }
shadow-ledger-intro = Open a place to see its facilities. Each row is its own explanation: for every indicator the value and the points it earns, then weight × price = share for every part of the budget, and the amount.
shadow-search-label = Find a facility
shadow-column-id = Facility number
shadow-column-application = Facility
shadow-column-sought = Nothing was asked for
shadow-column-applications = Facilities
shadow-sheet-applications = Facilities
shadow-guide-sheet-applications = A row for each facility: values, points, weight, price, share, bounds, amount.
shadow-guide-sheet-firm = A row for each facility: points, rank and amount, and between which values nine of ten plausible variations of the round lie.
shadow-summary-head = { $n ->
        [one] { $title } · shadow round · { $count } facility · { $budget }
       *[other] { $title } · shadow round · { $count } facilities · { $budget }
    }
shadow-change-meet-gate = Once the condition “{ $title }” is met, the facility is counted.
shadow-total-for-held = Reserved for held facilities

# Forecasts
forecast-interval = This is a forecast. Nine times of ten the truth lies between { $low } and { $high }.
forecast-begins = The sum begins with { $sum }: { $points } points
forecast-part = { $title }, { $value }: { $adds }, that is { $points } points
forecast-scale = { $scaled ->
        [multiplied] , times what the rules multiply it by
        [divided] , divided by what the rules divide it by
        [both] , times and divided by what the rules say
       *[no] { "" }
    }
looked-up-true = yes ({ $word })
looked-up-false = no ({ $word })
forecast-makes = { $loss ->
        [squared] The sum { $sum } makes the forecast { $value }{ $scale }; the tables stand in { $file }.
        [logistic] The sum { $sum } makes the forecast { $value }, which is 1 ÷ (1 + e to the power of minus the sum){ $scale }; the tables stand in { $file }.
       *[log] The sum { $sum } makes the forecast { $value }, which is e to the power of the sum{ $scale }; the tables stand in { $file }.
    }
forecast-trained = “{ $title }” was learned from { $rows } rows known up to { $day }; who answers for them: { $sources }.
forecast-simulated = Those rows are simulated.
forecast-edits = Numbers changed by hand, each with who did it and why in the file: { $count }.

# Independence
all-optional-sources = all optional sources together
verdict-independent = { $all ->
        [yes] This round stands without any optional source: { $share } of the budget would go elsewhere.
       *[no] This round does not depend on “{ $source }”: { $share } of the budget would go elsewhere without it.
    }
verdict-rests = { $all ->
        [yes] { $share } of the money rests on the optional sources together: without them it would go elsewhere.
       *[no] { $share } of the money rests on “{ $source }” alone: without it, it would go elsewhere.
    }
verdict-impossible = { $all ->
        [yes] Without the optional sources the round could not be decided.
       *[no] Without “{ $source }” the round could not be decided.
    }
independence-no-source = The round has no optional source, so there is none that it could be without.
independence-meaning = The round was divided again as if the source had never answered. Money that would go elsewhere: half the sum of what each award, each sum kept and what is not divided would change by; money that is awarded now and would only be kept counts as moved.
chart-independence-note = The round was divided again as if the source had never answered. The bar is the part of the budget that would go elsewhere or only be kept; above { $tolerance } % the money is said to rest on the source.
column-without = Without
column-share-moved = Part of the budget that moves
column-money-moved = Money that moves, { $currency }
column-status-changes = Applications that change status
column-held-then = Waiting then
column-order-kept = Rank correlation of points
column-stands = Verdict

# Operators that count as one
chart-related = { $n ->
        [one] One group of related operators gets { $share } of the money.
       *[other] { $count } groups of related operators together get { $share } of the money.
    }
chart-related-note = Operators that share enough count as one; being related is no guilt. How concentrated the money is (Herfindahl–Hirschman index, 0 to 10,000): { $before } operator by operator, { $after } with each group as one. All members are in clusters.csv.
related-group = { $n ->
        [one] { $name } and one other
       *[other] { $name } and { $count } others
    }
column-related = Related operators
column-part-of-money = Part of the money
column-operators-related = Operators
column-they-share = They share

# A real division beside that by the rules
division-kicker = Two divisions of one sum · not a decision
division-lead = By the published rules { $share } of the { $spent } that were really spent would have gone elsewhere: { $moved }.
division-about = Nobody asked for this and nobody had to agree: it rests on open data and published rules alone.
division-short = In short
division-counts = Paid and awarded: { $both }. Paid, and awarded nothing by the rules: { $only-actual }. Not paid, and awarded something by the rules: { $only-rules }.
division-unknown = { $number } recipients of { $amount } are not among the candidates of this round.
division-not-awarded = { $amount } would be kept for candidates that wait, or stay undivided.
division-place = { $place } got { $actual }; the rules award { $ruled } there.
division-recipient = The largest difference is at { $name }: { $actual } paid, { $ruled } by the rules.
division-no-candidate = not among the candidates
division-more = … and { $number } more; shadow.csv lists all of them.
division-shown = The largest differences: { $shown } of { $all }. shadow.csv lists all of them.
division-chart-note = The dark bar is what the rules award, the pale one what was really paid.
division-caveat-label = What this can't show:
division-caveat = A difference is a question, not a finding: these rules know only what the data say, and who paid may have known more or wanted something else.
division-unknown-caveat = They may be new, renamed, or written otherwise in the register; what they were paid counts as moved.
heading-divisions = Two divisions
heading-recipients = Who differs
heading-unknown-recipients = Paid, and unknown here
column-recipient = Recipient
column-really-paid = Really paid
column-by-rules = By the rules
column-why = Why by the rules
