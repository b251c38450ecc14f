"""The words by which mail programs announce a quotation, in the languages people write to us in.

Only words: what is made of them stands in `quotes`. A new language is a few more alternatives here.
"""

from __future__ import annotations

import re

# "wrote", at the end of an attribution or before the name in it
WROTE = (
    r"wrote|writes|said|has written|schrieb(?:en)?(?: am)?|geschrieben|hat (?:am .{1,40} )?geschrieben|"
    r"a écrit|écrit|"
    r"a ecrit|ha escrit|va escriure|escribió|escribio|ha escrito|escreveu|ha scritto|scrisse|scrive|"
    r"schreef(?: het volgende)?|het volgende geschreven|skrev(?: følgende| följande)?|skreiv|kirjoitti|"
    r"napisał(?:\(a\)|a|/a)?|napisal(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|"
    r"написал(?:\(а\)|а)?|"
    r"пишет|писал(?:\(а\)|а)?|пише|написав(?:\(-?ла\))?|написала|написа|írta|ezt írta|a scris|έγραψε|"
    r"şunu yazdı|şunları yazdı|yazdı|書きました|書き込みました|のメッセージ|"
    r"のメール|"
    r"님이 작성|작성(?:했습니다)?|썼습니다|님이 쓴 글|đã viết|เขียนว่า|เขียน|menulis|tulis|"
    r"מאת|كتبت?|كتب(?:/ت|ت)?(?: ما يلي)?|نوشت(?:ه است|ه‌است|ه|ند)?|نوشته اند|مرقوم (?:کرد|داشت|فرمود\w*)|"
    r"כתבה?|כתב/ה|כתב\(ה\)|כתבו|napisao(?:/la)?|napisala|je napisao(?:/la)?|rašė|rakstīja|kirjutas"
)
# The same in scripts that put no blank before it
WROTE_JOINED = r"写道|寫道|来信|书写|写了|書きました|写到"
# How the line that ends in "wrote" may begin when it is broken over several lines
LEAD = (
    r"(?:On|Am|Le|Em|El|Il(?: giorno)?|Op|Den|Dne|Dňa|W dniu|Dnia|În|La|Στις|Vào|Pada|No dia|"
    r"Na|Dana|El día|En date du)\b|A\(z\)|D\.|בתאריך|ביום|ב[-־–]|ב־|יום|מאת|في|بتاريخ|يوم|در(?: تاریخ)?|"
    r"تاریخ|به تاریخ|روز|"
    r"В|Вт|Пн|Ср|Чт|Пт|Сб|Вс|於|在|于|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)\w*|(?:lun|mar|mer|jeu|ven|sam|dim)\w*\.?|(?:lör|sön|mån|tis|ons|"
    r"tors?|fre)\w*\.?|"
    r"(?:man|tir|ons|tor|fre|lør|søn)\w*\.?|(?:ma|ti|ke|to|pe|la|su)\b|(?:пн|вт|ср|чт|пт|сб|вс|нд)\.?|"
    r"(?:pon|wt|śr|czw|pt|sob|niedz)\w*\.?|"
    r"\d{1,4}[./年-]|\d{1,2}:\d\d|\d{1,2}\.? \w+\.? \d{4}|۱|۲|۳|[۰-۹]{1,4}[/.-]"
)
FROM = (
    r"From|Von|De|Da|Van|Fra|Från|Lähettäjä|Od|От|От кого|Від|Від кого|Expéditeur|Remitente|Mittente|"
    r"Afzender|"
    r"Feladó|Gönderen|Kimden|Από|Odesílatel|Dari|Từ|寄件者|寄件人|发件人|發件人|发送人|差出人|送信者|"
    r"보낸 사람|보낸사람|"
    r"من|المرسل|از|فرستنده|از طرف|מאת|השולח|Saatja|Expeditor|De la"
)
DATE = (
    r"Sent|Date|Sent on|Gesendet(?: am)?|Datum|Envoyé(?: le)?|Enviado(?: el| em)?|Enviada(?: em)?|Fecha|"
    r"Data|"
    r"Inviato(?: il)?|Verzonden|Verstuurd|Sendt|Dato|Skickat|Lähetetty|Päivämäärä|Päiväys|Wysłano|"
    r"Отправлено|Дата|"
    r"Надіслано|Odesláno|Odoslané|Elküldve|Dátum|Gönderilen|Tarih|Gönderildi|Trimis|Στάλθηκε|"
    r"发送时间|发送日期|發送時間|寄件日期|日期|時間|时间|送信日時|日時|보낸 날짜|날짜|"
    r"تاريخ|التاريخ|تم الإرسال|أرسلت|أرسل|تاریخ|ارسال|ارسال شده|ارسال‌شده|تاریخ ارسال|زمان ارسال|"
    r"נשלח|נשלח ב|נשלחה|נשלח בתאריך|תאריך|בתאריך"
)
TO = (
    r"To|An|À|A|Para|Til|Till|Aan|Vastaanottaja|Do|Кому|Címzett|Kime|Alıcı|Προς|Komu|Kepada|Către|Risposta|"
    r"Reply-To|Répondre à|Antwort an|Responder a|收件人|收件者|宛先|받는 사람|받는사람|إلى|الى|به|گیرنده|אל|"
    r"לכבוד|נמען"
)
CC = r"Cc|Bcc|Kopien?|Kopi|Copie(?: à)?|Copia|DW|Копия|Копія|Kopio|Bilgi|抄送|副本|참조|نسخة|رونوشت|העתק|עותק"
SUBJECT = (
    r"Subject|Betreff|Objet|Sujet|Asunto|Assunto|Oggetto|Onderwerp|Emne|Ämne|Aihe|Temat|Тема|Předmět|"
    r"Predmet|"
    r"Tárgy|Konu|Subiect|Θέμα|Perihal|Chủ đề|主题|主旨|主題|件名|제목|الموضوع|موضوع|נושא|הנדון"
)
OTHER = r"Priority|Importance|Reply-To|Message-ID|Attachments?|Anlagen|Pièces jointes|Importancia|Prioriteit"
ORIGINAL = (
    r"original (?:message|mail|e-?mail|appointment|nachricht)|forwarded (?:message|mail|by .{1,60})|"
    r"ursprüngliche (?:nachricht|mail|e-mail)|urspr(?:ü|ue)ngliche nachricht|originalnachricht|"
    r"original ?nachricht|"
    r"weitergeleitete nachricht|message (?:d'origine|original|transf[ée]r[ée]|original)|"
    r"message d[’']origine|"
    r"message transmis|e-?mail original|courriel original|mensaje (?:original|reenviado)|"
    r"mensagem (?:original|encaminhada)|"
    r"messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht|origineel bericht|"
    r"opprinnelig melding|oprindelig (?:meddelelse|besked)|videresendt (?:meddelelse|besked|melding)|"
    r"ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|alkuperäinen viesti|"
    r"välitetty viesti|"
    r"(?:oryginalna|pierwotna|przekazana) wiadomość|wiadomość (?:oryginalna|przekazana)|"
    r"(?:исходное|пересланное|пересылаемое|оригинальное) (?:сообщение|письмо)|původní zpráva|"
    r"pôvodná správa|"
    r"eredeti üzenet|özgün ileti|orijinal ileti|yönlendirilmiş ileti|mesaj original|αρχικό μήνυμα|"
    r"原始邮件|原始郵件|转发邮件信息|转发的?邮件|轉寄郵件|元のメッセージ|転送メッセージ|원본 메시지|"
    r"원본 메일|전달된 메시지|"
    r"الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المُعاد توجيهها|"
    r"پیام اصلی|پیغام اصلی|نامه اصلی|پیام ارسال ?شده|پیام بازارسال ?شده|پیام هدایت ?شده|پیام فوروارد شده|"
    r"הודעה מקורית|ההודעה המקורית|הודעה שהועברה|הודעה מועברת"
)
BEGIN = (
    r"begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|"
    r"début du message (?:réexpédié|transféré)|"
    r"inizio messaggio inoltrato|inicio del mensaje reenviado|início da mensagem (?:reencaminhada|"
    r"encaminhada)|"
    r"begin doorgestuurd bericht|videresendt besked|vidarebefordrat brev|välitetty viesti alkaa|"
    r"początek przekazywanej wiadomości|начало переадресованного сообщения|以下是转发的邮件|"
    r"下面是被转发的邮件|"
    r"転送されたメッセージ|전달된 메시지 시작|تحويل الرسالة|آغاز پیام (?:ارسالی|بازارسال ?شده)|"
    r"תחילת ההודעה שהועברה"
)
ABOVE = (
    r"(?:reply|type your reply|write) above this line|please (?:do not|type).{0,40}(?:above|"
    r"below) this line|"
    r"bitte .{0,20}oberhalb dieser|répondre au-dessus de cette ligne|responda por encima de esta línea|"
    r"(?:بالای|بالاتر از) این خط|فوق هذا السطر|מעל (?:ל)?שורה זו|ответ(?:ьте)? выше этой"
)
MOBILE = (
    r"(?:sent|send|posted) (?:from|via|with|using) (?:my|the|an?)? ?[\w® .,'’/+()<>:@&-]{2,60}|"
    r"sent with .{2,40}|"
    r"sent while .{2,40}|get outlook for (?:ios|android|mac)|enviado (?:desde|do|de|a partir do|"
    r"por) .{2,50}|"
    r"envoyé (?:de(?:puis)?|à partir de|avec) .{2,50}|envoy[ée] d[’'].{2,50}|"
    r"(?:von|aus) (?:meinem?|der|dem) .{2,40} (?:gesendet|geschickt|gesandt)|gesendet (?:von|mit|aus|"
    r"über) .{2,50}|"
    r"diese nachricht wurde von .{2,40} gesendet|inviato (?:da(?:l|lla)?|con) .{2,50}|"
    r"verzonden (?:vanaf|met|via|vanuit) .{2,50}|verstuurd (?:vanaf|met|via) .{2,50}|"
    r"sendt (?:fra|med|via) .{2,50}|skickat från .{2,50}|lähetetty .{2,50}(?:sta|stä|lta|ltä)|"
    r"wysłan[eoy] (?:z|ze|za pomocą) .{2,50}|отправлено (?:с|из|через) .{2,50}|надіслано (?:з|із) .{2,50}|"
    r"odesláno z .{2,40}|.{0,40}(?:从|來自|发自|發自|由)我?的? ?(?:iphone|ipad|android|huawei|小米|华为|"
    r".{1,20}手机).{0,20}|"
    r"发自.{2,30}|發自.{2,30}|從我的 ?.{2,30}傳送|(?:iphone|ipad|android).{0,10}から送信|"
    r"나의 .{2,20}에서 보냄|"
    r".{2,30}(?:ımdan|imden|den|dan) gönderildi|"
    r"أرسلت? من .{2,40}|مُ?رسل من .{2,40}|تم الإرسال من .{2,40}|"
    r"(?:ارسال ?شده|فرستاده ?شده|ارسال) (?:از|با|توسط) .{2,40}|(?:از|با) .{2,30} (?:ارسال|"
    r"فرستاده) شد(?:ه است|ه)?|"
    r"נשלח (?:מ|מה|באמצעות|דרך) ?[-־]?.{2,40}|הודעה זו נשלחה מ.{2,40}"
)
DEVICE = re.compile(
    r"i ?phone|ipad|ipod|android|black ?berry|samsung|galaxy|huawei|nokia|htc|xiaomi|redmi|sony|xperia|"
    r"pixel|oneplus|"
    r"motorola|moto ?[ge]\b|wiko|windows|outlook|mail\b|yahoo|gmail|gmx|web\.de|proton|thunderbird|spark|"
    r"aol|mobile|"
    r"phone|tablet|handy|smartphone|mobil|mobiel|telefon|télé?phone|móvil|celular|telephone|cell|"
    r"blue ?mail|airmail|"
    r"device|gerät|apparaat|dispositiv|appareil|iphon|cloud|my [A-Z]\w+ ?\w*$|puhelin|телефон|айфон|"
    r"گوشی|موبایل|تلفن|آیفون|سامسونگ|اندروید|جوال|هاتف|هواوی|טלפון|נייד|סלולרי|אייפון|הנייד|手机|手機|iOS",
    re.IGNORECASE,
)
