### Шешім оқырманға қалай көрсетіледі: бет, кесте, терминал.
### Клубтың, жердің, қағиданың атауына жалғау жалғанбайтындай тұрады.

# Сандар мен күндер
money = { $amount }{ "\u00A0" }{ $code }
money-EUR = { $amount }{ "\u00A0" }еуро
money-GBP = { $amount }{ "\u00A0" }фунт стерлинг
money-KZT = { $amount }{ "\u00A0" }теңге
currency-EUR = еуро
currency-GBP = фунт стерлинг
currency-KZT = теңге
date = { $year } жылғы { $day } { $month ->
        [1] қаңтар
        [2] ақпан
        [3] наурыз
        [4] сәуір
        [5] мамыр
        [6] маусым
        [7] шілде
        [8] тамыз
        [9] қыркүйек
        [10] қазан
        [11] қараша
       *[12] желтоқсан
    }
applications = { $n ->
       *[other] { $count } өтінім
    }
amounts-in = Барлық сома: { $currency }.
as-of = { $date } жағдайы бойынша
source-as-of = { $source }, { $date } жағдайы бойынша
reference = Құқықтық негіз: { $reference }.
not-stated = көрсетілмеген
not-known = белгісіз

# Шешімнің сөздері
status-funded = қаржыландырылды
status-not-funded = қаржыландырылмады
status-held = анықталғанға дейін кейінге қалдырылды
status-ineligible = жіберілмеді
status-held-kept = кейінге қалдырылды, резервте { $amount }
outcome-pass = өтті
outcome-fail = өтпеді
outcome-unknown = белгісіз
simulated = Модельденген деректер.
simulated-note = Ешкім өтінім берген жоқ, ешкімге ақша төленбейді: қағидалардың қалай жұмыс істейтінін көрсету үшін осы кезеңнің клубтары мен деректері ойдан құрастырылған.
whole-budget = Бүкіл бюджет
no-place = Жері көрсетілмеген
level-country = ел
level-province = провинция
level-county = графтық
level-region = облыс
level-district = аудан
level-city = қала
level-rural-district = ауылдық округ
quantity-weight = салмақ
quantity-floor = төменгі шек
quantity-ceiling = жоғарғы шек
quantity-minimum = ең аз тиімді сома

# Бір өтінім туралы сөйлем
funded-points = { $name }: { $amount } бөлінді. Есебі: { $points } (ұпай) × { $sought } (сұралған) × { $price } (ұпай құны, { $place }).
funded-weight = { $name }: { $amount } бөлінді. Есебі: { $weight } (салмақ) × { $price } (ұпай құны, { $place }).
funded-all = { $name }: сұралған соманың бәрі, { $amount } бөлінді. Тек ұпай бойынша { $share } тиер еді.
funded-ceiling = { $name }: қағидалар рұқсат ететін ең көп сома, { $amount } бөлінді. Тек ұпай бойынша { $share } тиер еді.
funded-floor = { $name }: қағидалар уәде ететін ең аз сома, { $amount } бөлінді. Тек ұпай бойынша { $share } тиер еді.
funded-zero-weight = { $name }: қағидалар уәде ететін ең аз сома, { $amount } бөлінді. Өтінімнің салмағы нөлге тең.
funded-pots = { $n ->
       *[other] { $name }: бюджеттің { $count } бөлігінен { $amount } бөлінді.
    }
nothing-below-minimum = { $name }: бұл кезеңде ақша бөлінбеді. Үлесі { $award } болды, ал ең аз тиімді сома — { $minimum }. Бұл ақша қалғандарға бөлінді.
nothing-below-unit = { $name }: бұл кезеңде ақша бөлінбеді. Үлесі төлемнің ең кіші қадамынан аз: { $unit }.
nothing-no-pot = { $name }: бұл кезеңде ақша бөлінбеді. Өтінім бюджеттің бірде-бір бөлігіне сай келмейді.
nothing-zero-weight = { $name }: бұл кезеңде ақша бөлінбеді. Қағидалар бойынша өтінімнің салмағы нөлге тең.
nothing-ceiling = { $name }: бұл кезеңде ақша бөлінбеді. Өтінімнің өз жоғарғы шегі нөлге тең.
held-flag = { $kept ->
        [some] { $name } «{ $title }» тексерілгенше күтеді. Ол үшін { $amount } резервке қойылды; анықталған нәрсе — үкім емес, сұрақ.
       *[none] { $name } «{ $title }» тексерілгенше күтеді. Резервке ештеңе қойылған жоқ.
    }
held-gate = { $kept ->
        [some] { $name }: «{ $title }» шартының орындалғаны әзірге белгісіз. Анықталғанға дейін { $amount } резервке қойылды.
       *[none] { $name }: «{ $title }» шартының орындалғаны әзірге белгісіз. Резервке ештеңе қойылған жоқ.
    }
held-amount = { $kept ->
        [some] { $name }: қанша ақша сұралғаны әзірге белгісіз. Анықталғанға дейін { $amount } резервке қойылды.
       *[none] { $name }: қанша ақша сұралғаны әзірге белгісіз. Ол көрсетілгенше резервке ештеңе қоюға болмайды.
    }
held-indicator = { $kept ->
        [some] { $name }: «{ $title }» көрсеткішінің мәні жоқ. { $amount } резервке қойылды, мән қандай болса да жетеді.
       *[none] { $name }: «{ $title }» көрсеткішінің мәні жоқ. Резервке ештеңе қойылған жоқ.
    }
held-quantity = { $kept ->
        [some] { $name }: белгілі деректер бойынша «{ $quantity }» шамасын есептеу мүмкін емес (бюджет бөлігі: «{ $pot }»). { $amount } резервке қойылды.
       *[none] { $name }: белгілі деректер бойынша «{ $quantity }» шамасын есептеу мүмкін емес (бюджет бөлігі: «{ $pot }»), сондықтан резервке ештеңе қоюға болмайды.
    }
held-other = { $kept ->
        [some] { $name }: қағидаларға қажет дерек белгісіз. { $amount } резервке қойылды.
       *[none] { $name }: қағидаларға қажет дерек белгісіз. Резервке ештеңе қойылған жоқ.
    }
ineligible = { $known ->
        [yes] { $name }: бұл кезеңде ақша бөлінбеді, «{ $title }» шарты орындалмаған (дереккөз: { $source }).
       *[no] { $name }: бұл кезеңде ақша бөлінбеді, «{ $title }» шарты орындалмаған.
    }

# Қадамдары
gate-line = { $known ->
        [yes] { $title }: { $outcome } (дереккөз: { $source })
       *[no] { $title }: { $outcome }
    }
flag-line = { $title }: { $flags } белгі, { $severity ->
        [high] ауыр
        [medium] орташа
       *[low] болмашы
    }{ $holds ->
        [yes] ; өтінім күтеді
       *[no] ; біреу тексереді, өтінім күтпейді
    }. { $sentence }
answer = { $check }: { $said } ({ $source }).
answer-evidence = { $check }: { $said } ({ $source }; { $evidence }).
answer-digest = { $check }: дереккөз жауаптың тек цифрлық таңбасын көрсетуге рұқсат етеді ({ $source }): { $digest }.
answer-disputed = { $check }: { $said } ({ $source }), даулы; { $counts } деп есептеледі.
dispute = Қызмет беруші мұны { $date } бастап даулайды: «{ $claim }»
dispute-open = Дереккөз әлі жауап берген жоқ.
dispute-reply = { $source }, { $date } күнгі жауабы: «{ $reply }»
answer-none = { $check }: ешкім жауап бермеген.
answer-old = { $check }: { $said } ({ $source }), бірақ бұл жауап тым ескі, есепке алынбайды, сондықтан белгісіз.
stands-in = белгісіз болса:
answer-against = { $check }: { $source } жауабы: { $said }.
answer-unsettled = { $check }: { $said } ({ $source }), бірақ дереккөздердің жауабы әртүрлі, сондықтан анықталғанша белгісіз.
points-sum = { $value } → { $scaled } × { $weight } = { $points } ұпай
points-part = { $value } → { $scaled } / { $weight } → { $points } ұпай
points-total = { $points } ұпай
source-line = Дереккөз: { $source }
own-word = Өтінім берушінің өз сөзіне сүйенеді, себебі: { $because }.
chain-free = { $place }: { $price }
chain-ceiling = { $place }: { $price }, себебі жер жоғарғы шегінде ұсталды: { $bound }
chain-floor = { $place }: { $price }, себебі жер төменгі шегіне көтерілді: { $bound }
bound-ask = сұралғаннан артық емес
bound-ceiling = ең көбі { $ceiling }
bound-floor = ең азы { $floor }
bound-minimum = ең аз тиімді сома { $minimum }, сондықтан ештеңе бөлінбейді
bound-zero-weight = салмағы жоқ, сондықтан төменгі шектен артық емес
imputed-worst = Мәні жоқ, ұпай берілмейді.
imputed-stated = Мәні жоқ; орнына қағидада көрсетілген мән алынды.
imputed-group-median = Мәні жоқ; орнына топтың медианасы алынды.
imputed-round-median = Мәні жоқ, бүкіл топта да жоқ; орнына кезеңнің медианасы алынды.
imputed-held = Мәні жоқ; белгілі болғанша резерв толық ұпаймен есептелді.
rank-of = { $ranked } ішінде { $rank }

# Соманы не өзгертер еді
change-next-point = Тағы бір ұпай { $adds } қосар еді.
change-ceiling-ask = Ұпай көбейсе де, сома өспейді: сұралғанның бәрі бөлінген.
change-ceiling-ask-held = Ұпай көбейсе де, сома өспейді: сұралғанның бәрі резервке қойылған.
change-ceiling = Ұпай көбейсе де, сома өспейді: қағидалар бойынша ең көбі { $ceiling }.
change-floor = Үлесі (қазір { $share }) төменгі шектен асқанша, ұпай көбейсе де, сома өспейді. Төменгі шек: { $floor }.
change-minimum = Үлесі { $minimum } немесе одан көп болса, төленер еді; үлесті ұпай арттырады.
change-meet-gate = «{ $title }» шарты орындалса, өтінім есепке алынады.
change-answer-flag = «{ $title }» бойынша анықталғанға жауап берілгенде, резервтегі ақша төленеді.
change-clear-gate = «{ $title }» шартының орындалғаны белгілі болғанда, резервтегі ақша төленеді.
change-state-amount = Сұралған сома көрсетілсе, өтінім есепке алынады.
change-state-value = «{ $title }» көрсеткішінің мәні көрсетілсе, { $points } ұпайға дейін қосылуы мүмкін.

# Жерді не шектейді
place-ceiling = Өз жоғарғы шегінде ұсталды
place-floor = Өз төменгі шегіне көтерілді
place-zero-weight = Мұнда ешкімнің салмағы жоқ
place-free = Өз шегі жоқ; ұпай құны ортақ: «{ $above }»
place-free-common = Өз шегі жоқ; ұпай құны бәріне ортақ
place-free-root = Шегі жоқ

# Бет
kicker = Қаржыландыру кезеңінің шешімі
lead = { $n ->
       *[other] { $all-count } өтінімнің { $count } қаржыландырылды, барлығы { $awarded } бөлінді. Қағидалар бәріне бірдей.
    }
about = Деректер { $date } жағдайы бойынша алынды. Төменде әр өтінімге неге осынша ақша бөлінгені және мұны кез келген адам қалай тексере алатыны айтылады.
nav-label = Осы бетте
nav-find = Өтінімді табу
heading-totals = Ақша
heading-statuses = Өтінімдер
heading-pictures = Суреттер
heading-places = Жерлер
heading-applications = Әр өтінім
heading-rules = Қағидалар
heading-sources = Дереккөздер
heading-problems = Деректердегі ескертулер
heading-verify = Өзіңіз тексеріңіз
heading-gates = Жіберу шарттары
heading-points = Ұпайлар
heading-indicators = Көрсеткіштер
heading-changes = Соманы не өзгертер еді
heading-money = Ақша: { $pot }
total-awarded = Бөлінді
total-reserved = Резервке қойылды
total-unspent = Бөлінбеген қалдық
total-budget = Бюджет
total-sum = Қосындысы
total-for-held = Кейінге қалдырылған өтінімдер резерві
total-for-appeals = Апелляция резерві
of-which-appeals = оның ішінде апелляцияға { $amount }
show-table = Кесте түрінде көрсету
chart-money = { $several-pots ->
        [yes] «{ $pot }» бөлігінен ең көп ақша бөлінген жер — { $place }: { $amount }.
       *[no] Ең көп ақша бөлінген жер — { $place }: { $amount }.
    }
chart-money-note = { $n ->
       *[other] Ақшыл жолақ жердің төменгі шегінен жоғарғы шегіне дейін созылады. Барлығы { $count } жер: жоғарғы шегінде ұсталғаны (↓) { $ceilings }, төменгі шегіне көтерілгені (↑) { $floors }.
    }
chart-points = { $n ->
       *[other] Ұпай { $low } мен { $high } аралығында. Ең үлкен топ: { $bin }, { $count } өтінім.
    }
chart-ask = { $n ->
       *[other] Көбіне ({ $count } өтінім) сұралғанның { $bin } бөлінді; бәрі бөлінгені — { $all }, ештеңе бөлінбегені — { $none }.
    }
chart-ask-note = Жіберілген өтінімдер, сұралған соманың қандай бөлігі бөлінгеніне қарай.
bin-points = { $from }–{ $to } ұпай
bin-percent = { $from }–{ $to } %
bin-nothing = ештеңе
bin-all = бәрі
places-intro = Бір жердегі ұпай құны бәріне бірдей. Ол айналасындағы жерлердің құнынан тек төменгі немесе жоғарғы шек әсер еткенде ғана өзгеше болады.
price-note = Ұпай құны: салмақтың бір бірлігіне { $currency }. Салмақ мынаған тең: { $weight }.
price-note-points = Ұпай құны: әр ұпай мен сұралған әр бірлік ({ $currency }) үшін, { $currency }.
applications-intro = Неге осынша ақша бөлінгенін көру үшін жолды ашыңыз: шарттар, ұпайлар, ұпай құны, шектер және соманы не өзгертер еді.
ledger-intro = Өтінімдерді көру үшін жерді ашыңыз. Әр жол өзін өзі түсіндіреді: әр көрсеткіштің мәні мен ұпайы, содан кейін бюджеттің әр бөлігінде салмақ × құн = үлес және сома.
ledger-signs = ↓ жоғарғы шегінде ұсталды, ↑ төменгі шегіне көтерілді, ✕ ештеңе, ? белгісіз. Бағанның басы қағидаға сілтейді; «adil explain» пәрмені кез келген жолды толық сөйлеммен түсіндіреді.
order-label = Алдымен ең көбі
index-places = Жерлер бойынша
search-label = Өтінімді табу
search-hint = Атауы, жері немесе нөмірі
filter-all = Барлығы
sort-by-place = Жерлер бойынша қайтару
shown = Көрсетілгені: { $shown } / { $all }
rules-intro = Қағидалар policy.toml файлындағыдай, сөзбен. Олардың астындағы кестелерге әр жол сілтеме жасайды.
sources-none = Сыртқы дереккөз аталмаған; барлық дерек кезеңнің кестелерінен алынды.
source-live = жауап бар
source-stale = жауаптар тым ескі, есепке алынбайды
source-absent = жауап жоқ
source-undated = күні көрсетілмеген
source-withdrawn = кері қайтарылған
source-required = міндетті
source-optional = міндетті емес
problems-none = Деректерде ескертулер жоқ.
problems-some = { $n ->
       *[other] { $count } ескерту: кезең жалғасты, жолға не болғаны әр сөйлемде айтылған.
    }
problems-more = { $n ->
       *[other] Тағы { $count } ескерту problems.csv файлында.
    }
verify-intro = Бұл бет шешімді тек көрсетеді; шешімнің өзі — жанындағы кестелер. Үш тексеріс ешкімге сенуді талап етпейді:
verify-files = бірде-бір файл өзгертілмегенін:
verify-again = сол қағидалар мен кестелер сол сомаларды беретінін:
verify-other = тәуелсіз бағдарламаның келісетінін:
digests-caption = Шешім осы файлдардан шықты; жанында олардың бақылау сомалары.
footer = adil { $engine } бағдарламасы «{ $round }» кезеңінің шешімінен жасады. Бет сырттан ештеңе жүктемейді; оны сақтауға, жіберуге, басып шығаруға болады.
footer-policy = Қағидалардың бақылау сомасы (SHA-256):
label-conditions = Жіберу шарттары
label-points = Ұпайлар: мән → салмақ бөлігі × салмақ = ұпай
label-changes = Соманы не өзгертер еді
sum-points = ұпай
sum-sought = сұралған
sum-price = ұпай құны
sum-share = үлесі
sum-weight = салмақ

# Карталар
heading-maps = Карталар
map-no-data = белгісіз
map-whole = Барлығы
map-places = { $n ->
       *[other] { $count } жер
    }
map-facilities = { $n ->
       *[other] { $count } нысан
    }
map-hexagons = { $n ->
       *[other] { $count } алтыбұрыш
    }
map-class-all = барлығында бірдей
map-class-below = { $to } шамасынан аз
map-class-between = { $from } – { $to }
map-class-from = { $from } және одан көп
percent = { $value }{ "\u00A0" }%
percent-below = { $value }{ "\u00A0" }%-дан аз
percent-change = { $sign ->
        [less] −{ $value }{ "\u00A0" }%
        [more] +{ $value }{ "\u00A0" }%
       *[none] { $value }{ "\u00A0" }%
    }
kilometres = { $value }{ "\u00A0" }км
map-per-head = Бір тұрғынға шаққанда ең көбі — { $most-amount } ({ $most }), ең азы — { $least-amount } ({ $least }).
map-per-head-groups = Ірі жерлер бойынша: бір тұрғынға шаққанда ең көбі — { $most-amount } ({ $most }), ең азы — { $least-amount } ({ $least }).
map-per-head-note = Осы жерде бөлінген ақша тұрғындар санына бөлінген. Кейінге қалдырылған өтінімдердің резерві есептелмеген.
map-unmet = Адамдар жасағысы келетін қатысудың { $whole } бөлігіне орын жоқ; ең көбі — { $most-value } ({ $most }).
map-unmet-note = Маңайда ештеңе жоқ жерде немесе барының бәрі толып тұрған жерде қатысуға орын табылмайды.
map-change = { $n ->
       *[other] Өткен жолмен салыстырғанда { $up } жерге көбірек, { $down } жерге азырақ бөлінді; жалпы өзгеріс: { $whole }.
    }
map-change-note = Өткен жолы қанша бөлінгені көрсетілген өтінімдер ғана салыстырылады; кейінге қалдырылғандары есептелмеген.
map-points = { $n ->
       *[other] { $count } нысан өз орнында көрсетілген.
    }
map-points-note = Боялған нүктеге ақша бөлінді, бос нүктеге бөлінбеді.
map-hexagon-title = { $n ->
       *[other] Ақшаның жартысы { $all } алтыбұрыштың { $count } бөлігіне тиеді. Барлығында { $facilities } бар.
    }
map-hexagon-note = Алтыбұрыштардың аумағы бірдей; түсі ондағы нысандарға қанша бөлінгенін көрсетеді.
map-hexagon-amount = Алтыбұрышта бөлінгені, { $currency }
millions-of = млн { $currency }

# Шешім қаншалықты орнықты
heading-firm = Бұл қаншалықты орнықты
column-firm = Қанша нұсқада және қанша
band-refused = Мұны бірде-бір нұсқа өзгертпейді: жіберу шарты орындалмаған.
band-award = { $funded ->
        [all] Барлық ықтимал нұсқада ({ $replicas }) ақша бөлінер еді; он нұсқаның тоғызында сома { $low } мен { $high } аралығында.
        [same] Барлық ықтимал нұсқада ({ $replicas }) ақша бөлінер еді; он нұсқаның тоғызында сома бірдей: { $low }.
        [none] Ықтимал нұсқалардың ({ $replicas }) бірде-бірінде ақша бөлінбес еді.
       *[some] 100 ықтимал нұсқаның { $share } нұсқасында ақша бөлінер еді; он нұсқаның тоғызында сома { $low } мен { $high } аралығында.
    }
band-held = { $funded ->
        [all] Барлық ықтимал нұсқада ({ $replicas }) ақша резервке қойылар еді; он нұсқаның тоғызында сома { $low } мен { $high } аралығында.
        [same] Барлық ықтимал нұсқада ({ $replicas }) ақша резервке қойылар еді; он нұсқаның тоғызында сома бірдей: { $low }.
        [none] Ықтимал нұсқалардың ({ $replicas }) бірде-бірінде ақша резервке қойылмас еді.
       *[some] 100 ықтимал нұсқаның { $share } нұсқасында ақша резервке қойылар еді; он нұсқаның тоғызында сома { $low } мен { $high } аралығында.
    }
band-points = { $ranks ->
        [same] Он нұсқаның тоғызында ұпайы { $low } мен { $high } аралығында болады, орны өзгермейді: { $first }.
       *[range] Он нұсқаның тоғызында ұпайы { $low } мен { $high } аралығында, орны { $first } мен { $last } аралығында болады.
    }
band-above = Аралық жарияланған ұпайдан жоғары: қағида бойынша белгісіз мәнге берілетін ұпай нұсқаларда оның орнына қойылатын басқа өтінімдердің мәндеріне берілетін ұпайдан аз. Мәнді көрсету пайдалы болар еді.
band-below = Аралық жарияланған ұпайдан төмен: қағида бойынша белгісіз мәнге берілетін ұпай нұсқаларда оның орнына қойылатын басқа өтінімдердің мәндеріне берілетін ұпайдан көп.
sobol-index = { $value }{ "\u00A0" }% ({ $low }–{ $high })
chart-weights = «{ $title }» көрсеткішінің салмағы — 100-ден { $weight }, ал ұпай айырмашылықтарының { $effective } % осы көрсеткіштен туындайды.
chart-weights-note = Ақшыл жолақ — жарияланған салмақ, қою жолақ — ұпай айырмашылықтарының іс жүзінде осы көрсеткіштен туындайтын бөлігі. Екеуінің де қосындысы 100. Нөлден төмен болса, көрсеткіш басқаларына қарсы әсер етеді.
column-effective = Айырмашылықтағы үлесі
chart-sensitivity = { $source ->
        [weights] Ақшаның бөлінуін ең көп өзгертетін — салмақтарды таңдау: нұсқалар айырмашылығының { $share } % соған байланысты.
        [data] Ақшаның бөлінуін ең көп өзгертетін — мәндердің дәлдігі: нұсқалар айырмашылығының { $share } % соған байланысты.
        [imputation] Ақшаның бөлінуін ең көп өзгертетін — жоқ мәндердің орнына алынатын мәндер: нұсқалар айырмашылығының { $share } % соған байланысты.
       *[scale] Ақшаның бөлінуін ең көп өзгертетін — шкалаларды таңдау: нұсқалар айырмашылығының { $share } % соған байланысты.
    }
chart-sensitivity-note = Кезең нұсқаларының саны: { $replicas }. Қою жолақ — айырмашылықтың осыған байланысты бөлігі (Собольдің толық индексі), ақшыл жолақ — сол бағалаудың аралығы; бірнеше себеп бірге әсер ететіндіктен, бөліктердің қосындысы 100 %-дан асуы мүмкін.
sensitivity-label = { $output }: { $source }
output-points-shift = Ұпай
output-rank-shift = Орын
output-money-moved = Ақша
varied-weights = салмақтар
varied-data = мәндердің дәлдігі
varied-imputation = жоқ мәндер
varied-scale = шкалалар
column-varied = Не өзгертіледі
column-total-index = Осыған байланысты бөлігі
column-first-index = Жеке өзінің бөлігі
sheet-firm = Қаншалықты орнықты
sheet-moves = Не әсер етеді
firm-sheet-title = Кезеңнің он ықтимал нұсқасының тоғызы жатқан аралық (нұсқалар саны: { $replicas })
firm-note-held = Кейінге қалдырылған: сома — анықталғанға дейін резервке қойылғаны.
moves-sheet-note = Кезең нұсқаларының саны: { $replicas }. Нұсқалар айырмашылығының осыған байланысты бөлігі (Собольдің толық индексі) және жеке өзі түсіндіретін бөлігі, қасында — бағалаудың аралығы. Бірнеше себеп бірге әсер ететіндіктен, бөліктердің қосындысы 100 %-дан асуы мүмкін; бағалау 0 мен 100 % аралығынан сәл шығуы да мүмкін.
weights-sheet-note = Әр көрсеткіштің жарияланған салмағы және ұпай айырмашылықтарының осы көрсеткіштен туындайтын бөлігі. Екеуінің де қосындысы 100. Нөлден төмен болса, көрсеткіш басқаларына қарсы әсер етеді.
column-points-low = Ұпайдың төменгісі
column-points-high = Ұпайдың жоғарғысы
column-rank-low = Орынның жоғарғысы
column-rank-high = Орынның төменгісі
column-amount-or-kept = Сома немесе резерв
column-amount-low = Соманың төменгісі
column-amount-high = Соманың жоғарғысы
column-funded-part = Нұсқалардың қандай бөлігінде нөлден көп
column-note = Ескерту
column-output = Неге әсер етеді
column-index-low = төменгісі
column-index-high = жоғарғысы

# Бағандар
column-id = Өтінім нөмірі
column-application = Өтінім
column-applications = Өтінімдер
column-operator = Қызмет беруші
column-purpose = Мақсаты
column-place = Жер
column-place-code = Жер коды
column-level = Деңгей
column-parent = Құрамында
column-status = Күйі
column-reason = Негіздеме
column-sought = Сұралған сома
column-floor = Төменгі шек
column-ceiling = Жоғарғы шек
column-minimum = Ең аз тиімді сома
column-amount = Бөлінген сома
column-amount-in = Бөлінген сома, { $currency }
column-pot-amount = Осы бөліктегі сома
column-reserved = Резервке қойылды
column-kept = Резервте
column-price = Ұпай құны
column-bound = Не шектейді
column-points = Ұпай
column-rank = Орын
column-weight = Салмақ
column-weight-points = Салмақ, ұпай
column-share = Үлесі
column-before-rounding = Дөңгелектегенге дейін
column-before-drop = Бұған дейінгі үлесі
column-check = Салыстыру
column-value = Мәні
column-scaled = 0 мен 1 арасы
column-node = Құн жолы
column-pot = Бюджет бөлігі
column-gate = Шарт
column-criterion = Өлшемшарт
column-indicator = Көрсеткіш
column-expression = Қағидада жазылуы
column-scale = Шкала
column-low = Ұпай бермейді
column-high = Толық ұпай береді
column-top = Ең жоғары баға
column-threshold = Шегі немесе сөзі
column-mark = Баға
column-missing = Мәні болмаса
column-source = Дереккөз
column-state = Жай-күйі
column-as-of = Қай күнгі жағдай
column-role = Рөлі
column-reference = Құқықтық негіз
column-file = Файл
column-rows = Жолдар
column-people = Тұрғындар
column-per-head = Бір тұрғынға шаққанда, { $currency }
column-visits-wanted = Адамдар қалайтын апталық қатысу
column-visits-unmet = Орын табылмаған қатысу
column-unmet = Орын табылмаған бөлігі
column-last-time = Өткен жолы
column-this-time = Осы жолы
column-change = Өзгеріс
column-facilities = Нысандар
column-hexagons = Алтыбұрыштар
column-next-point = Тағы бір ұпай қосады
column-share-of-ask = Сұралғанның бөлігі
column-before = Шешім
column-after = Егер былай болса
column-difference = Айырмасы

# Кесте
sheet-guide = Оқыңыз
sheet-rules = Қағидалар
sheet-applications = Өтінімдер
sheet-places = Жерлер
sheet-totals = Қорытынды
rules-sheet-title = Формулалар сілтейтін салмақтар мен шкалалар
scale-goalposts = «ұпай бермейді» мен «толық ұпай береді» арасындағы түзу
scale-bands = шек бойынша баға (төменде)
scale-categories = сөз бойынша баға (төменде)
scale-log = логарифм түзуі
scale-percentile = топтағы орташа орын (мәні берілген)
scale-zscore = топтың орташасынан ауытқу (мәні берілген)
missing-worst = ұпай берілмейді
missing-value = орнына { $value } алынады
missing-median = орнына топтың медианасы алынады
missing-hold = өтінім кейінге қалдырылады
reason-share = өз жеріндегі ұпай құны бойынша үлесі
reason-floor = төменгі шек әсер етеді
reason-ceiling = жоғарғы шек әсер етеді
reason-zero-weight = салмағы нөлге тең
reason-below-minimum = үлесі ең аз тиімді сомадан аз
reason-below-unit = үлесі төлемнің ең кіші қадамынан аз
reason-no-pot = бюджеттің бірде-бір бөлігіне сай келмейді
reason-amount-unknown = сұралған сома белгісіз
reason-gate-failed = шарт орындалмаған: { $title }
reason-flagged = «{ $title }»: тексеру қажет
reason-gate-unknown = шарттың орындалғаны белгісіз: { $title }
reason-quantity-unknown = есептеу мүмкін емес: { $quantity }
reason-indicator-missing = мәні жоқ: { $title }
guide-round = Кезең
guide-what = Бұл кітап шешімді тірі формулалармен қайталайды: кез келген адам мәннен ақшаға дейінгі жолды тексере алады. Шешімнің өзі CSV кестелерінде; айырмашылық болса, сол кестелер дұрыс.
guide-engine = Жасаған
guide-digest = Қағидалардың бақылау сомасы (SHA-256)
guide-sheets = Парақтар
guide-sheet-rules = Салмақтар, шкалалар, бағалар. Мұнда салмақты өзгертсеңіз, ұпай мен үлес те өзгереді; ұпай құны өзгермейді, себебі ол барлық өтінім үшін бірге есептеледі.
guide-sheet-applications = Әр өтінімге бір жол: мәндер, ұпайлар, салмақ, ұпай құны, үлес, шектер, сома.
guide-sheet-places = Әр жердің қосындылары, шектері және ондағы бәріне ортақ ұпай құны.
guide-sheet-totals = Бөлінгені, резерв, қалдық және олардың қосындысы болатын бюджет.
guide-sheet-firm = Әр өтінімге бір жол: ұпай, орын, сома және кезеңнің он ықтимал нұсқасының тоғызы қандай аралықта жатқаны.
guide-sheet-moves = Шешімге не әсер ететіні және жарияланған салмақтар іс жүзіндегі мәнімен қатар.
guide-columns = Бағандар
guide-value = Не өлшенді, жарияланған түрінде.
guide-scaled = Мәннің нөл мен толық салмақ арасындағы орны.
guide-points = Шкала × салмақ, үтірден кейін алты таңба.
guide-weight = Ақша неге қарай бөлінеді; үтірден кейін алты таңба.
guide-node = Ұпай құны алынатын жол, жерлер парағында.
guide-price = Салмақ бірлігіне келетін ақша, жерлер парағынан алынады.
guide-share = Салмақ × ұпай құны, өтінімнің өз шектеріне дейін.
guide-bounds = Өтінімге бөлуге болатын ең аз және ең көп сома, төлемнің бүтін қадамымен.
guide-before-rounding = Төменгі және жоғарғы шек арасындағы үлес.
guide-amount = Жарияланған сома, төлемнің бүтін қадамымен.
guide-check = ✓, егер жарияланған сома есептелгенінен төлемнің бір қадамынан аз ғана ауытқыса.
guide-kept = Кейінге қалдырылған өтінім үшін анықталғанға дейін резервке қойылғаны.
guide-notes = Ескертпелер
guide-imputed = Боялған фондағы көлбеу мән жоқ болған; орнына не алынатынын қағидалар айтады.
guide-given = Шкала өтінімдерді өзара салыстырса немесе салмаққа бағандарда жоқ дерек керек болса, ұяшықта формула емес, шешімнің саны тұрады.
guide-rounding = Кесте жартыны жоғары қарай, шешім жұп санға қарай дөңгелектейді: алты таңбаның соңғысы бірге ауытқуы мүмкін.
guide-exact = Кесте шамамен 15 цифрмен есептейді; шешім дәл есептейді.

# Терминал
label-read = оқылды
label-problems = ескертулер
label-gates = жіберу
label-awards = бөлу
label-money = ақша
label-check = тексеру
summary-head = { $n ->
       *[other] { $title } · { $count } өтінім · { $budget }
    }
summary-read = { $n ->
       *[other] policy.toml, { $count } кесте, { $rows-count } жол
    }
summary-problems = { $n ->
       *[other] { $count } ескерту; бәрі problems.csv файлында
    }
summary-gates = жіберілді { $admitted } · кейінге қалдырылды { $held } · жіберілмеді { $ineligible }
summary-awards = қаржыландырылды { $funded } · қаржыландырылмады { $not-funded }
summary-money = бөлінді { $awarded } + резерв { $reserved } + қалдық { $unspent } = { $budget }
summary-holds = сомалар дәл · шектер сақталған · сертификат дұрыс
summary-fails = шешім өз тексерісінен өтпеді; бұл туралы хабарлаңыз
summary-next = { $out }   әрі қарай: adil explain { $round } { $id }
and-more = { $n ->
       *[other] … тағы { $count }
    }
and-more-places = { $n ->
       *[other] … тағы { $count } жер
    }
what-if = Бұл шешім емес. Басқа қағидалар не берер еді, сол көрсетілген.
what-if-nothing = Бірде-бір сома өзгермес еді.
what-if-gains = { $n ->
       *[other] { $count } өтінімге көбірек бөлінер еді, барлығы { $sum }.
    }
what-if-losses = { $n ->
       *[other] { $count } өтінімге азырақ бөлінер еді, барлығы { $sum }.
    }
what-if-budget = Бюджет { $before } емес, { $after } болар еді.
heading-status-changes = { $n ->
       *[other] { $count } өтінімнің күйі өзгерер еді
    }
status-change = { $name } ({ $id }): { $before } → { $after }
heading-gains = Ең көп өскені
heading-losses = Ең көп азайғаны

# Өтінімсіз көлеңкелі есеп: әр хабар қосымшасыз хабардың орнына тұрады
shadow-applications = { $n ->
       *[other] { $count } нысан
    }
shadow-kicker = Көлеңкелі есеп: тізілімге жарияланған қағидалар қолданылды, бұл ешкімнің шешімі емес
shadow-lead = { $n ->
       *[other] Осы қағидалармен { $all-count } нысанның { $count } қаржыландырылар еді, барлығы { $awarded } бөлінер еді.
    }
shadow-about = Ешкім өтінім берген жоқ және бұл есеппен ешкімге ақша төленбейді: тізілімнің әр нысаны тең қаралады, «бөлінді» деген жерде «бөлінер еді» деп оқыңыз. Деректер { $date } жағдайы бойынша алынды. Төменде әр нысанның сомасы қайдан шыққаны және мұны кез келген адам қалай тексере алатыны айтылады.
shadow-nav-find = Нысанды табу
shadow-heading-statuses = Нысандар
shadow-heading-applications = Әр нысан
shadow-chart-points = { $n ->
       *[other] Ұпай { $low } мен { $high } аралығында. Ең үлкен топ: { $bin }, { $count } нысан.
    }
shadow-ledger-intro = Нысандарды көру үшін жерді ашыңыз. Әр жол өзін өзі түсіндіреді: әр көрсеткіштің мәні мен ұпайы, содан кейін бюджеттің әр бөлігінде салмақ × құн = үлес және сома.
shadow-search-label = Нысанды табу
shadow-column-id = Нысан нөмірі
shadow-column-application = Нысан
shadow-column-sought = Ештеңе сұралмаған
shadow-column-applications = Нысандар
shadow-sheet-applications = Нысандар
shadow-guide-sheet-applications = Әр нысанға бір жол: мәндер, ұпайлар, салмақ, ұпай құны, үлес, шектер, сома.
shadow-guide-sheet-firm = Әр нысанға бір жол: ұпай, орын, сома және кезеңнің он ықтимал нұсқасының тоғызы қандай аралықта жатқаны.
shadow-summary-head = { $n ->
       *[other] { $title } · көлеңкелі есеп · { $count } нысан · { $budget }
    }
shadow-change-meet-gate = «{ $title }» шарты орындалса, нысан есепке алынады.
shadow-total-for-held = Кейінге қалдырылған нысандар резерві

# Болжамдар
forecast-interval = Бұл — болжам. Он жағдайдың тоғызында нақты мән { $low } мен { $high } аралығында болады.
forecast-begins = Қосынды { $sum } санынан басталады: { $points } ұпай
forecast-part = { $title }, { $value }: { $adds }, яғни { $points } ұпай
forecast-scale = { $scaled ->
        [multiplied] , қағидада көрсетілген мәнге көбейтілген
        [divided] , қағидада көрсетілген мәнге бөлінген
        [both] , қағидада көрсетілген мәндерге көбейтіліп, бөлінген
       *[no] { "" }
    }
looked-up-true = иә ({ $word })
looked-up-false = жоқ ({ $word })
forecast-makes = { $loss ->
        [squared] { $sum } қосындысынан { $value } болжамы шығады: қосындының өзі{ $scale }; кестелер { $file } файлында.
        [logistic] { $sum } қосындысынан { $value } болжамы шығады: 1 ÷ (1 + e санының минус қосынды дәрежесі){ $scale }; кестелер { $file } файлында.
       *[log] { $sum } қосындысынан { $value } болжамы шығады: e санының қосынды дәрежесі{ $scale }; кестелер { $file } файлында.
    }
forecast-trained = «{ $title }» { $day } жағдай бойынша белгілі деректермен үйретілген; жолдар саны: { $rows }; деректерге жауаптылар: { $sources }.
forecast-simulated = Бұл деректер модельденген.
forecast-edits = Қолмен өзгертілген сандар (кім және неге өзгерткені файлда жазылған): { $count }.

# Тәуелсіздік
all-optional-sources = барлық міндетті емес дереккөздер бірге
verdict-independent = { $all ->
        [yes] Раунд міндетті емес дереккөздерсіз де тұрады: бюджеттің { $share } бөлігі ғана басқаша бөлінер еді.
       *[no] Раунд «{ $source }» дереккөзіне тәуелді емес: онсыз бюджеттің { $share } бөлігі ғана басқаша бөлінер еді.
    }
verdict-rests = { $all ->
        [yes] Ақшаның { $share } бөлігі міндетті емес дереккөздерге бірге сүйенеді: оларсыз ол басқаша бөлінер еді.
       *[no] Ақшаның { $share } бөлігі тек «{ $source }» дереккөзіне сүйенеді: онсыз ол басқаша бөлінер еді.
    }
verdict-impossible = { $all ->
        [yes] Міндетті емес дереккөздерсіз раунд бойынша шешім шығару мүмкін болмас еді.
       *[no] «{ $source }» дереккөзінсіз раунд бойынша шешім шығару мүмкін болмас еді.
    }
independence-no-source = Раундта міндетті емес дереккөз жоқ.
independence-meaning = Раунд дереккөз ешқашан жауап бермегендей қайта бөлінді. Басқаша бөлінетін ақша: әрбір берілген және сақталған соманың және бөлінбеген қалдықтың өзгерістері қосындысының жартысы; қазір берілген, ал сонда тек сақталатын ақша да ауысқан болып саналады.
chart-independence-note = Раунд дереккөз ешқашан жауап бермегендей қайта бөлінді. Жолақ — бюджеттің басқаша бөлінетін немесе тек сақталатын бөлігі; ол { $tolerance } %-дан көп болса, ақша сол дереккөзге сүйенеді деп айтылады.
column-without = Дереккөзсіз
column-share-moved = Бюджеттің ауысатын бөлігі
column-money-moved = Ауысатын ақша, { $currency }
column-status-changes = Мәртебесі өзгеретін өтінімдер
column-held-then = Сонда күтетіндер
column-order-kept = Ұпайлардың рангтік корреляциясы
column-stands = Қорытынды

# Біреу болып саналатын операторлар
chart-related = { $n ->
       *[other] Байланысты операторлардың { $count } тобы ақшаның { $share } бөлігін алады.
    }
chart-related-note = Ортағы жеткілікті операторлар біреу болып саналады; байланыс — кінә емес. Ақшаның шоғырлануы (Херфиндаль — Хиршман индексі, 0–10 000): операторлар бойынша { $before }, әр топ біреу болса, { $after }. Барлық мүшелері — clusters.csv файлында.
related-group = { $name } және тағы { $count }
column-related = Байланысты операторлар
column-part-of-money = Ақша бөлігі
column-operators-related = Операторлар саны
column-they-share = Ортағы

# Нақты бөліністің жанында ережелер бойынша бөлініс
division-kicker = Бір соманың екі бөлінісі · шешім емес
division-lead = Жарияланған ережелер бойынша нақты жұмсалған { $spent } ақшаның { $share } бөлігі басқаша бөлінер еді: { $moved }.
division-about = Мұны ешкім тапсырған жоқ, ешкімнің келісімі қажет болған жоқ: тек ашық деректер мен жарияланған ережелер.
division-short = Қысқаша
division-counts = Алғандар, ережелер бойынша да алатындар: { $both }. Алғандар, бірақ ережелер бойынша алмайтындар: { $only-actual }. Алмағандар, бірақ ережелер бойынша алатындар: { $only-rules }.
division-unknown = { $amount } алған { $number } алушы бұл раундтың үміткерлері арасында жоқ.
division-not-awarded = { $amount } күтіп тұрған үміткерлер үшін сақталар еді немесе бөлінбей қалар еді.
division-place = { $place }: нақты төленгені { $actual }, ережелер бойынша { $ruled }.
division-recipient = Ең үлкен айырма: { $name } — нақты төленгені { $actual }, ережелер бойынша { $ruled }.
division-no-candidate = үміткерлер арасында жоқ
division-more = … және тағы { $number }; барлығы shadow.csv файлында.
division-shown = Ең үлкен айырмалар: { $all } ішінен { $shown }. Барлығы shadow.csv файлында.
division-chart-note = Қою жолақ — ережелер бойынша, ақшыл жолақ — нақты төленгені.
division-caveat-label = Бұл нені көрсетпейді:
division-caveat = Айырма — қорытынды емес, сұрақ: бұл ережелер тек деректерде барды біледі, ал төлеуші көбірек білген немесе басқаны қалаған болуы мүмкін.
division-unknown-caveat = Олар жаңа, атауы өзгерген немесе тізілімде басқаша жазылған болуы мүмкін; оларға төленген ақша ауысқан болып саналады.
heading-divisions = Екі бөлініс
heading-recipients = Кімде айырма бар
heading-unknown-recipients = Алған, бірақ мұнда белгісіз
column-recipient = Алушы
column-really-paid = Нақты төленгені
column-by-rules = Ережелер бойынша
column-why = Ережелер бойынша неге
