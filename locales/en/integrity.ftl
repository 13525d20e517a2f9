
# Operators: names compared, links found

outcome-same = the same
outcome-unsure = to be looked at
outcome-different = different
basis-identifier = by identifier
basis-name = proposed by name

finding-identifier-equal = The identifiers are equal: { $left }.
finding-identifier-different = The identifiers differ: { $left }, { $right }.
finding-identifier-unchecked = The identifiers look equal, but nothing vouches for them: { $left }, { $right }.
finding-form-equal = The legal form is the same: { $left }.
finding-form-different = The legal forms differ: { $left }, { $right }.
finding-word-equal = The same word: “{ $left }”, “{ $right }”.
finding-word-inflected = The same word but for its ending: “{ $left }”, “{ $right }”.
finding-word-spelled = The same word but for its vowels: “{ $left }”, “{ $right }”.
finding-word-slip = Nearly the same word, perhaps a slip of the pen: “{ $left }”, “{ $right }”.
finding-word-cut-short = One word begins with the other: “{ $left }”, “{ $right }”.
finding-word-missing = A word that only one name has: “{ $left }{ $right }”.
finding-whole-equal = The same letters, parted into other words: { $left }, { $right }.
finding-kind-equal = Both names say: { $left }.
finding-kind-missing = Only one name says: { $left }{ $right }.
finding-rank-missing = Only one name has the rank: { $left }{ $right }.
finding-kind-different = One name says { $left }, the other { $right }.
finding-sport-different = Different sports: { $left }, { $right }.
finding-number-equal = The numbers are equal: { $left }.
finding-number-missing = A number that only one name has: { $left }{ $right }.
finding-number-different = The numbers differ: { $left }, { $right }.
finding-initial-fits = The given name fits: { $left }, { $right }.
finding-initial-missing = A given name that only one of them states: { $left }{ $right }.
finding-given-different = The given names can't be one person's: { $left }, { $right }.
finding-surname-gender = A man's and a woman's surname: { $left }, { $right }.
finding-place-equal = The place is the same, or one lies within the other: { $left }, { $right }.
finding-place-different = The places differ: { $left }, { $right }.
finding-nothing-distinct = Nothing in the names tells them apart from others of their kind.
finding-rivals = Another row fits as well, so a person must choose.

match-count = { $same } the same, { $unsure } to be looked at.
match-crowded = Too many rows resemble line { $line }: a partner may be missing.

links-question = A link is a question, not an accusation.
links-none = No two operators share enough to be linked.
links-cluster = { $n ->
        [one] { $count } operator is linked: { $members }
       *[other] { $count } operators are linked: { $members }
    }
links-link = { $a } and { $b } share (weight { $weight }): { $shared }
links-money = Together they get { $amount }, { $share } % of all money.
links-concentration = Concentration of money (Herfindahl–Hirschman index, 0 to 10,000): { $before } by operator, { $after } where linked operators count as one.
links-crowded = { $count } operators share one value of { $column }: it counts nothing.
links-interest-declared = { $person } ({ $role }) declared an interest in { $operator }: { $relation }.
links-interest-has = { $person } ({ $role }) is bound to { $operator } through the column { $column }: { $relation }.
links-interest-linked = { $person } ({ $role }) is one link away from { $operator }, through { $through }.
links-interest-nowhere = The interest in line { $line } of interests.csv leads to no operator of this round.
