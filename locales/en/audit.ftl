### An audit of a round, for somebody who knows no statistics.
### Names of clubs, places and rules stand where they need no ending.

# The page
audit-kicker = An audit: the round looked at from outside
audit-lead = { $n ->
        [one] { $awarded } for { $count } application, looked at from six sides.
       *[other] { $awarded } for { $count } applications, looked at from six sides.
    }
audit-about = This page decides nothing. It takes the decision of { $date } and asks what an auditor or a journalist would ask.
audit-short = In short
audit-caveat = What this can't show.

# Numbers
with-interval = { $value } ({ $low } to { $high })
amount-and-ratio = { $amount } ({ $ratio })
quoted = “{ $name }”

# Groups
group-rural = Villages
group-urban = Towns and cities
group-female = Women and girls
group-male = Men and boys
group-girls = Girls
group-boys = Boys
group-ages = Aged { $low } to { $high }
group-disability = For people with disabilities
group-no-disability = Not especially for people with disabilities
group-not-stated = Not stated
group-others = All others
kind-settlement = Town and village
kind-place = By place: { $level }
kind-legal-form = By the legal form of the operator
kind-programme = By programme
kind-sport = By sport
kind-facility = By kind of facility
kind-sex = By sex
kind-age = By age
kind-disability = By programmes for people with disabilities
absent-settlement = town or village
absent-place = places to compare
absent-legal-form = the legal form of the operator
absent-programme = the programme
absent-sport = the sport
absent-facility = the kind of facility
absent-sex = sex
absent-age = age
absent-disability = disability

# 1 The indicator
composite-heading = Do the criteria do what they say?
composite-none = This round gives no points, so there are no criteria to look at.
composite-idle-none = { $n ->
        [one] There is { $count } indicator, and it alone decides the order.
       *[other] Each of the { $count } indicators changes places when it is left out.
    }
composite-idle = { $n ->
        [one] { $count } indicator changes almost no place when it is left out: { $names }.
       *[other] { $count } indicators change almost no place when they are left out: { $names }.
    }
composite-same-none = No two indicators say the same.
composite-same = { $n ->
        [one] { $count } pair of indicators says nearly the same, or the very opposite.
       *[other] { $count } pairs of indicators say nearly the same, or the very opposite.
    }
composite-caveat = All this describes the applications of this round. An indicator on which these applicants hardly differ may matter in another year, and one that moves little may still be right as a signal. Two indicators that go together are counted twice only if they mean the same thing.
chart-indicator-weights = “{ $title }” moves most: { $share } of the spread of the points, with a weight of { $weight }.
chart-weights-same = All applications have the same points.
chart-indicator-weights-note = Broad and pale: the published weight. Narrow and strong: the part of the spread of all points that really goes with the indicator. Where the narrow bar is much shorter, the weight promises more than it does; below zero, the indicator works against the others.
weight-and-share = weight { $weight }, spread { $share }
indicators-title = Indicator by indicator
indicators-text = { $n ->
        [one] { $count } application that was not refused is looked at.
       *[other] { $count } applications that were not refused are looked at.
    }
indicators-note = Change of place: how far an application moves on average when the indicator is left out and the others fill up, in percent of all places; below 1% it never matters. Far out: values more than three times the middle half away from it. Decides alone: from this value on, the indicator alone lifts an application that is middling in everything else among the first tenth.
decides-from = { $n ->
        [one] { $value } ({ $count } application)
       *[other] { $value } ({ $count } applications)
    }
pairs-title = Which indicators go together
pairs-text = { $n ->
        [one] { $count } pair, by rank correlation: 1 is the same order, 0 no connection, −1 the opposite order.
       *[other] { $count } pairs, the closest first, by rank correlation: 1 is the same order, 0 no connection, −1 the opposite order.
    }
pair-same = say nearly the same
pair-opposite = work against each other
pair-alike = go together in part
pair-apart = say different things
dominated-title = { $n ->
        [one] One indicator gives way to another
       *[other] Indicators give way to others { $count } times
    }
dominated-text = Where two applications stand one way in the first indicator and the other way in the second, the points side with the second nearly always.

# 2 Fairness
fairness-heading = Who gets how much?
fairness-none = The tables of this round name nothing that applications could be compared by.
fairness-both = For each application, “{ $high }” got { $high-ratio } times the average of all, and “{ $low }” { $low-ratio } times. No other place, operator or group of people that stands apart by more than chance is farther off.
fairness-high = For each application, “{ $high }” got { $high-ratio } times the average of all: the farthest of the groups that stand apart by more than chance.
fairness-low = For each application, “{ $low }” got { $low-ratio } times the average of all: the farthest of the groups that stand apart by more than chance.
fairness-even = For each application, no group stands apart from the average of all by more than chance.
fairness-caveat = A difference is no proof of unfairness: groups ask for different things, and rules may favour some on purpose. Points and asks are held equal only along a straight line; bounds of places and a facility's size are not in it. With many groups, some will stand apart by chance. Residents and children are those who live in a place, not those who use its facilities.
ratio-note = Money per application, as a multiple of the average of all applications (the upright line is 1). The pale band is where that number lies in 95 of 100 draws of the applications; groups of fewer than 8 have none. Groups are from { $file }, { $column }.
money-table = What each group got. All amounts in { $currency }; in brackets, how many times that of all.
gap = Beside all others, “{ $group }” got { $difference } { $direction ->
        [less] less
       *[more] more
    } per decided application. Points and asks explain { $explained } { $explained-direction ->
        [less] less
       *[more] more
    }; { $rest } { $rest-direction ->
        [less] less
       *[more] more
    } is left unexplained.
gap-none = Once points and asks are held equal, no group differs from the others by more than chance.
shadow-gap = Beside all others, “{ $group }” got { $difference } { $direction ->
        [less] less
       *[more] more
    } per facility. Points and the size that the rules count explain { $explained } { $explained-direction ->
        [less] less
       *[more] more
    }; { $rest } { $rest-direction ->
        [less] less
       *[more] more
    } is left unexplained.
shadow-gap-none = Once points and the size that the rules count are held equal, no group differs from the others by more than chance.
per-resident = For each resident, “{ $high }” got { $high-ratio } times the average and “{ $low }” { $low-ratio } times.
shadow-audit-lead = { $n ->
        [one] { $awarded } for { $count } facility that nobody applied for, looked at from six sides.
       *[other] { $awarded } for { $count } facilities that nobody applied for, looked at from six sides.
    }
shadow-fairness-both = For each facility, “{ $high }” got { $high-ratio } times the average of all, and “{ $low }” { $low-ratio } times. No other place, operator or group of people that stands apart by more than chance is farther off.
shadow-fairness-high = For each facility, “{ $high }” got { $high-ratio } times the average of all: the farthest of the groups that stand apart by more than chance.
shadow-fairness-low = For each facility, “{ $low }” got { $low-ratio } times the average of all: the farthest of the groups that stand apart by more than chance.
shadow-fairness-even = For each facility, no group stands apart from the average of all by more than chance.
shadow-fairness-caveat = A difference is no proof of unfairness: facilities differ in size and kind, and rules may favour some on purpose. Points and size are held equal only along a straight line; bounds of places are not in it. With many groups, some will stand apart by chance. Residents and children are those who live in a place, not those who use its facilities.
shadow-ratio-note = Money per facility, as a multiple of the average of all facilities (the upright line is 1). The pale band is where that number lies in 95 of 100 draws of the facilities; groups of fewer than 8 have none. Groups are from { $file }, { $column }.
shadow-indicators-text = { $n ->
        [one] { $count } facility is looked at.
       *[other] { $count } facilities are looked at.
    }
shadow-column-per-application = Per facility
shadow-decides-from = { $n ->
        [one] { $value } ({ $count } facility)
       *[other] { $value } ({ $count } facilities)
    }
gap-table = What points and asks explain, per decided application, beside all others. Estimates in { $currency }.
shadow-gap-table = What points and size explain, per facility, beside all others. Estimates in { $currency }.
gap-beyond = more than chance
gap-chance = may be chance
people-title = Money by the people whom facilities count
people-text = Each facility's money is spread evenly over the people it counts; the line at 1 is the money per person of all of them.
people-note = Who takes part is what the tables say, and often what the operator says.
people-sex = Money by the sex of the children who take part
people-age = Money by the age of the children who take part
people-table = Money per person. All amounts in { $currency }.
children-text = Each facility's money is spread evenly over the children of its sections; the line at 1 is the money per child of all of them.
children-note = Who takes part is from children.csv, vouchers.csv and sections.csv, which the decision itself does not read. Groups of fewer than 5 children are not shown.
absent-title = What the tables don't say
absent-text = Nothing in this round's tables names: { $kinds }. Nobody can say from these data whether that mattered.

# 3 Missing values
missing-heading = What do missing values cost?
missing-none = No value is missing.
missing-lead = { $share } of all values are missing, and the rules put something in their place.
missing-most = It costs “{ $group }” most: { $points } points on average, beside what the group's own middle values would give.
missing-caveat = The middle value of a group is a guess too, and a group that hides bad values would gain by it. The comparison shows whom the rule for missing values hits, not what the truth would have given.

# 4 Asking for more, and sources
asking-heading = Would asking for more pay?
asking-nobody = Nobody asked for anything in this round, so nobody could have asked for more.
asking-none = No application was decided that states an amount, so the question can't be asked.
asking-nothing = { $n ->
        [one] Asking for a tenth more would have brought nothing to the { $count } application asked about.
       *[other] Asking for a tenth more would have brought nothing to any of the { $count } applications asked about.
    }
asking-lead = { $n ->
        [one] Asking for a tenth more would have paid for { $gain } of { $count } application asked about; of every { $currency } more asked for, { $each } would have been given.
       *[other] Asking for a tenth more would have paid for { $gain } of { $count } applications asked about; of every { $currency } more asked for, { $each } would have been given.
    }
asking-caveat = Each application is asked about alone: if all had asked for more, the same money would have been divided. Whether somebody really asked for too much can't be seen from here. A source that is named may still have copied another one.
asking-title = One applicant asks for a tenth more, and the whole round is divided again
asking-sample = { $n ->
        [one] { $count } application of { $of }, drawn by a hash of its identifier.
       *[other] { $count } applications of { $of }, drawn by a hash of their identifiers.
    }
asking-most = { $name } would have gained most: by asking for { $more } more it would have got { $gain } more than its { $amount }.
asking-asked = Applications asked about
asking-gain = Would have gained
asking-lose = Would have lost
asking-mean = Mean gain
asking-most-gain = Largest gain
asking-each = Given of each unit more asked for
rests-title = { $share } of the money rests on: { $on }
rests-nothing = Nothing was awarded
rests-text = Each award is split in proportion to the points behind it, and each part goes to what those points rest on.
rests-size = { $n ->
        [one] Points are then multiplied by a size that the applicant states, in { $pots }: that size rests on the applicant's own word too.
       *[other] Points are then multiplied by a size that the applicant states, in { $pots }: those sizes rest on the applicant's own word too.
    }
rests-several-sources = two named sources or more
rests-one-source = one named source alone
rests-own-word = the applicant's or operator's own word
rests-no-source-stated = a column whose source nobody states
rests-missing-value = a missing value, as the rules fill it
rests-floor = no points: a floor

# 5 Equality
equality-heading = How equal is the money per head?
equality-none = The tables say of no level of places how many people live there, so money per head can't be told.
equality-lead = Between places ({ $level }), the inequality of money per head is { $gini } on a scale from 0, all the same, to 1, one place has everything. The tenth of people with the least has { $tenth } of the money.
equality-before = { $change ->
        [more-equal] The time before it was { $gini }: the money has become more equal.
        [less-equal] The time before it was { $gini }: the money has become less equal.
       *[same] The time before it was the same, { $gini }.
    }
equality-caveat = Equal money per head is not the same as fair: places with more need, fewer halls or more children may deserve more. Everyone in a place is counted as if the money reached them alike. Money of an earlier time may come from another programme.
curve-title = { $n ->
        [one] { $count } place
       *[other] { $count } places, from the least money per head to the most
    }
curve-even = the same for everyone
curve-now = this round
curve-previous = the time before
curve-history = paid in { $period }
curve-axes = → share of people   ↑ share of money
curve-note = The farther the curve hangs below the dotted line, the less equal the money.

# 6 Earlier years
backtest-heading = Do the points agree with earlier years?
backtest-none = The round has no history with enough of these applicants in it, so there is nothing to hold the points against.
backtest-lead = { $sign ->
        [together] Applications with more points had more in { $period }: the rank correlation over { $count } of them is { $correlation }.
        [against] Applications with more points had less in { $period }: the rank correlation over { $count } of them is { $correlation }.
       *[apart] Points and what applications had in { $period } have no connection beyond chance: the rank correlation over { $count } of them is { $correlation }.
    }
backtest-built-in = The points of this round themselves count earlier money, so some of this connection is built in.
backtest-caveat = Earlier awards are what somebody decided, not what was right. Only those who have a row in the history are seen, and those who were refused or never came back are not.

# Columns
column-spread = Part of the spread
column-mean-points = Mean points
column-deviation = Standard deviation
column-shift = Change of place without it
column-share-missing = Missing
column-far = Far out
column-decides = Decides alone from
column-beside = Compared with
column-rank-correlation = Rank correlation
column-correlation = Rank correlation (95%)
column-says = In words
column-gives-way = Gives way
column-gives-way-to = To
column-how-often = How often
column-pairs = Pairs that disagree
column-group = Group
column-funded = Funded
column-held = Held
column-ineligible = Not admitted
column-per-application = Per application
column-per-resident = Per resident
column-per-child = Per child
column-decided = Decided
column-explained = Points and asks explain
shadow-column-explained = Points and size explain
column-rest = Unexplained (95%)
column-chance = In words
column-people-counted = People
column-per-person = Per person
column-with-medians = With the group's own middle values
column-lost = Points lost
column-question = What is asked
column-answer = Answer
column-rests = Rests on
column-year = Money
column-gini = Inequality (Gini)
column-tenth = Tenth of people with the least
column-outcome = Column of the history
column-period = Period
