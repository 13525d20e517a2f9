### The named checks of an operator: what each is called, and what a pass and a fail mean.

check-registered = Registered
check-registered-pass = The register has the operator as existing.
check-registered-fail = The register has the operator as ceased.

check-bankruptcy = Bankruptcy
check-bankruptcy-pass = The operator is not bankrupt.
check-bankruptcy-fail = The operator is declared bankrupt.

check-tax-debt = Tax and social debt
check-tax-debt-pass = No debt is left once appealed, rescheduled and rehabilitation sums are taken off.
check-tax-debt-fail = A debt is left after appealed, rescheduled and rehabilitation sums are taken off.

check-unreliable-supplier = Register of unreliable suppliers
check-unreliable-supplier-pass = On the day no entry of the register is valid.
check-unreliable-supplier-fail = On the day an entry of the register is valid.

check-court-cases = Court cases
check-court-cases-pass = The operator is not sued in any case that is certainly its own.
check-court-cases-fail = The operator is sued in a case matched by its identifier.

check-enforcement = Enforcement
check-enforcement-pass = Nothing is to be collected from the operator by force.
check-enforcement-fail = A debt is to be collected from the operator by force.

check-seized-accounts = Seized accounts
check-seized-accounts-pass = No account of the operator is seized.
check-seized-accounts-fail = An account of the operator is seized.

check-tax-risk = Degree of tax risk
check-tax-risk-pass = The degree of tax risk is low or medium.
check-tax-risk-fail = The degree of tax risk is high.

check-licence = Licence
check-licence-pass = A licence is valid on the day.
check-licence-fail = No licence is valid on the day.

check-premises-lawful = Right to the premises
check-premises-lawful-pass = The operator has a right to the premises.
check-premises-lawful-fail = The operator has no right to the premises.

check-affiliated = Operators under one head
check-affiliated-pass = No other operator of this round is under the same head.
check-affiliated-fail = Another operator of this round is under the same head.

check-disqualified-staff = Staff who may not work with children
check-disqualified-staff-pass = Nobody on the staff is barred from work with children.
check-disqualified-staff-fail = Somebody on the staff is barred from work with children.

check-coach-documents = Papers of the coaches
check-coach-documents-pass = The coaches' papers are confirmed.
check-coach-documents-fail = A coach's papers are not genuine.
