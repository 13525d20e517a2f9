
# Қызмет берушілер: атауларды салыстыру және байланыстар

outcome-same = бір тұлға
outcome-unsure = тексеруді қажет етеді
outcome-different = әртүрлі тұлға
basis-identifier = сәйкестендіру нөмірі бойынша
basis-name = атауы бойынша болжам

finding-identifier-equal = Сәйкестендіру нөмірлері бірдей: { $left }.
finding-identifier-different = Сәйкестендіру нөмірлері әртүрлі: { $left }, { $right }.
finding-identifier-unchecked = Сәйкестендіру нөмірлері ұқсас, бірақ дұрыстығы расталмаған: { $left }, { $right }.
finding-form-equal = Ұйымдық-құқықтық нысаны бірдей: { $left }.
finding-form-different = Ұйымдық-құқықтық нысандары әртүрлі: { $left }, { $right }.
finding-word-equal = Сөз бірдей: «{ $left }», «{ $right }».
finding-word-inflected = Сөздердің тек жалғауы басқа: «{ $left }», «{ $right }».
finding-word-spelled = Сөздердің тек дауысты дыбыстары басқа: «{ $left }», «{ $right }».
finding-word-slip = Сөздер бірдей дерлік, қате жазылған болуы мүмкін: «{ $left }», «{ $right }».
finding-word-cut-short = Бір сөз екіншісінің басы: «{ $left }», «{ $right }».
finding-word-missing = Сөз тек бір атауда бар: «{ $left }{ $right }».
finding-whole-equal = Әріптері бірдей, тек сөздері басқаша бөлінген: { $left }, { $right }.
finding-kind-equal = Екі атауда да көрсетілген: { $left }.
finding-kind-missing = Тек бір атауда көрсетілген: { $left }{ $right }.
finding-rank-missing = Деңгейі тек бір атауда көрсетілген: { $left }{ $right }.
finding-kind-different = Бір атауда { $left }, екіншісінде { $right } көрсетілген.
finding-sport-different = Спорт түрлері әртүрлі: { $left }, { $right }.
finding-number-equal = Нөмірлері бірдей: { $left }.
finding-number-missing = Нөмір тек бір атауда бар: { $left }{ $right }.
finding-number-different = Нөмірлері әртүрлі: { $left }, { $right }.
finding-initial-fits = Есімі немесе бас әрпі сәйкес келеді: { $left }, { $right }.
finding-initial-missing = Есімі немесе бас әрпі тек біреуінде көрсетілген: { $left }{ $right }.
finding-given-different = Есімдері бір адамдікі бола алмайды: { $left }, { $right }.
finding-surname-gender = Бірі ер адамның, екіншісі әйелдің тегі: { $left }, { $right }.
finding-place-equal = Орны бір немесе бірі екіншісінің ішінде: { $left }, { $right }.
finding-place-different = Орындары әртүрлі: { $left }, { $right }.
finding-nothing-distinct = Атауларда оларды өз түріндегі басқалардан ажырататын ештеңе жоқ.
finding-rivals = Басқа жол да осындай дәрежеде сәйкес келеді, таңдауды адам жасауға тиіс.

match-count = Бір тұлға: { $same }; тексеруді қажет етеді: { $unsure }.
match-crowded = { $line }-жолға ұқсас жолдар тым көп: сәйкес жұбы табылмай қалуы мүмкін.

links-question = Байланыс — айып емес, сұрақ.
links-none = Байланысты деп санауға жеткілікті ортақ белгілері бар қызмет берушілер жоқ.
links-cluster = { $count } қызмет беруші байланысты: { $members }
links-link = { $a } мен { $b } арасындағы ортақ белгілер (салмағы { $weight }): { $shared }
links-money = Олар бірге { $amount } алады, бұл барлық ақшаның { $share } %-ы.
links-concentration = Ақшаның шоғырлануы (Херфиндаль — Хиршман индексі, 0-ден 10 000-ға дейін): қызмет берушілер бойынша { $before }, байланыстылар бір деп саналса { $after }.
links-crowded = { $column } бағанының бір мәні { $count } қызмет берушіге ортақ: ол есепке алынбайды.
links-interest-declared = { $person } ({ $role }) { $operator } қатысты мүддесін мәлімдеді: { $relation }.
links-interest-has = { $person } ({ $role }) { $column } бағаны арқылы { $operator } қызмет берушісіне қатысты: { $relation }.
links-interest-linked = { $person } ({ $role }): { $operator } дейін бір байланыс, { $through } арқылы.
links-interest-nowhere = interests.csv файлының { $line }-жолындағы мүдде осы кезеңнің ешбір қызмет берушісіне апармайды.
