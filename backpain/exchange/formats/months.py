"""The words and short words for months in the languages that trackers speak."""

from __future__ import annotations

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            """
            djan djanuari ene enero gen gennaio ian ianuarie jan janeiro januar januari january január
            janv janvier jänner led leden ledna lednu oca ocak sty styczen styczeń stycznia styczniu
            tammi tammik tammikuu tammikuussa tammikuuta січ січень січня янв январь января
            """,
            """
            feb febbraio feber febr febrero februar februari februarie february február fev fevereiro
            fév févr février helmi helmik helmikuu helmikuussa helmikuuta lut lutego luty lutym peb
            pebruari úno únor února únoru únr şub şubat лют лютий лютого фев февр февраль февраля
            """,
            """
            bře březen března březnu maalis maalisk maaliskuu maaliskuussa maaliskuuta maart mar marca
            march marcu maret mars mart martie marts marzec marzo março mrt mrz már márc március mär
            märz бер берез березень березня мар март марта
            """,
            """
            abr abril apr april aprile aprilie avr avril dub duben dubna dubnu huhti huhtik huhtikuu
            huhtikuussa huhtikuuta kwi kwie kwiecien kwiecień kwietnia kwietniu nis nisan ápr április
            апр апрель апреля кві квіт квітень квітня
            """,
            """
            kvě květen května květnu mag maggio mai maio maj maja maju may mayo mayıs mei máj május
            touko toukok toukokuu toukokuussa toukokuuta май мая тра трав травень травня
            """,
            """
            cze czerwca czerwcu czerwiec djuni giu giugno haz haziran iun iunie juin jun june junho juni
            junio jún június kesä kesäk kesäkuu kesäkuussa kesäkuuta čer červen června červnu čvn июн
            июнь июня чер черв червень червня
            """,
            """
            djuli heinä heinäk heinäkuu heinäkuussa heinäkuuta iul iulie juil juillet jul julho juli
            julio july júl július lip lipca lipcu lipiec lug luglio tem temmuz července červenci
            červenec črc črv čvc июл июль июля лип липень липня
            """,
            """
            ago agosto agt agu agustus aoû août aug august augusti augustus augusztus ağu ağustos elo
            elok elokuu elokuussa elokuuta sie sierpien sierpień sierpnia sierpniu srp srpen srpna srpnu
            авг август августа сер серп серпень серпня
            """,
            """
            eyl eylül sep sept september septembre septembrie septembro septiembre set setembro
            setiembre settembre syys syysk syyskuu syyskuussa syyskuuta szept szeptember wrz wrzesien
            wrzesień wrzesnia wrzesniu września wrześniu zář září вер верес вересень вересня сен сент
            сентябрь сентября
            """,
            """
            eki ekim loka lokak lokakuu lokakuussa lokakuuta oct october octobre octombrie octubre okt
            oktober október ott ottobre out outubro paz pazdziernik pazdziernika pazdzierniku paź
            październik października październiku říj říjen října říjnu жов жовт жовтень жовтня окт
            октябрь октября
            """,
            """
            kas kasım lis listopad listopada listopadu listopadzie marras marrask marraskuu marraskuussa
            marraskuuta noiem noiembrie nop nopember nov november novembre novembro noviembre лис лист
            листоп листопад листопада ноя нояб ноябрь ноября
            """,
            """
            ara aralık dec december decembrie des desember dez dezember dezembro dic dicembre diciembre
            déc décembre gru grudnia grudniu grudzien grudzień joulu jouluk joulukuu joulukuussa
            joulukuuta pro prosince prosinci prosinec гру груд грудень грудня дек декабрь декабря
            """,
        ),
        start=1,
    )
    for word in words.split()
}
