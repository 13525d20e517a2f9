### Қызмет берушіні тексерулер: әрқайсысының атауы, өтті және өтпеді дегеннің мәні.

check-registered = Тіркелуі
check-registered-pass = Тізілім бойынша қызмет беруші жұмыс істейді.
check-registered-fail = Тізілім бойынша қызмет беруші жұмысын тоқтатқан.

check-bankruptcy = Банкроттық
check-bankruptcy-pass = Қызмет беруші банкрот деп танылмаған.
check-bankruptcy-fail = Қызмет беруші банкрот деп танылған.

check-tax-debt = Салық және әлеуметтік берешек
check-tax-debt-pass = Шағым берілген, мерзімі өзгертілген және оңалту сомалары шегерілгенде берешек қалмайды.
check-tax-debt-fail = Шағым берілген, мерзімі өзгертілген және оңалту сомалары шегерілгенде де берешек қалады.

check-unreliable-supplier = Жосықсыз жеткізушілер тізілімі
check-unreliable-supplier-pass = Осы күні тізілімде қолданыстағы жазба жоқ.
check-unreliable-supplier-fail = Осы күні тізілімде қолданыстағы жазба бар.

check-court-cases = Сот істері
check-court-cases-pass = Дәл осы қызмет беруші жауапкер болған іс жоқ.
check-court-cases-fail = Сәйкестендіру нөмірі бойынша табылған істе қызмет беруші — жауапкер.

check-enforcement = Атқарушылық іс жүргізу
check-enforcement-pass = Қызмет берушіден мәжбүрлеп өндірілетін ештеңе жоқ.
check-enforcement-fail = Қызмет берушіден берешек мәжбүрлеп өндіріліп жатыр.

check-seized-accounts = Шоттарға тыйым салу
check-seized-accounts-pass = Тыйым салынған шоты жоқ.
check-seized-accounts-fail = Тыйым салынған шоты бар.

check-tax-risk = Салық тәуекелінің дәрежесі
check-tax-risk-pass = Салық тәуекелінің дәрежесі төмен немесе орташа.
check-tax-risk-fail = Салық тәуекелінің дәрежесі жоғары.

check-licence = Лицензия
check-licence-pass = Осы күні қолданыстағы лицензиясы бар.
check-licence-fail = Осы күні қолданыстағы лицензиясы жоқ.

check-premises-lawful = Үй-жайға құқық
check-premises-lawful-pass = Қызмет берушінің үй-жайға құқығы бар.
check-premises-lawful-fail = Қызмет берушінің үй-жайға құқығы жоқ.

check-affiliated = Басшысы бір қызмет берушілер
check-affiliated-pass = Осы кезеңдегі басқа қызмет берушілердің басшысы бөлек.
check-affiliated-fail = Осы кезеңдегі басқа бір қызмет берушінің басшысы да сол адам.

check-disqualified-staff = Балалармен жұмыс істеуге болмайтын қызметкерлер
check-disqualified-staff-pass = Қызметкерлер арасында балалармен жұмыс істеуге тыйым салынған адам жоқ.
check-disqualified-staff-fail = Қызметкерлер арасында балалармен жұмыс істеуге тыйым салынған адам бар.

check-coach-documents = Жаттықтырушылардың құжаттары
check-coach-documents-pass = Жаттықтырушылардың құжаттары расталған.
check-coach-documents-fail = Жаттықтырушының құжаты жалған.
