"""Only the new words, in the languages people write to us in."""

import pytest

from shenava.mailroom.reading.replies import new_text, new_text_of_html

ANNOUNCED = {
    "fa": "در تاریخ سه‌شنبه ۱۲ شهریور ۱۴۰۳ ساعت ۱۰:۱۲ شرکت نمونه <desk@example.ir> نوشت:",
    "fa gmail": "\u202bدر سه‌شنبه ۳ سپتامبر ۲۰۲۴، ۱۰:۱۲ نمونه <\u202ad@example.ir\u202c> نوشت:\u202c",
    "he": "\u202bבתאריך יום ד׳, 16 בספט׳ 2026 ב-10:12 מאת \u202aDesk\u202c\u200f <\u202ad@x.co.il\u202c>:\u202c",
    "he ios": "ב-16 בספט׳ 2026, בשעה 10:12, Desk <desk@example.co.il> כתב/ה:",
    "ar": "في الثلاثاء، 3 سبتمبر 2024 في 10:12 ص كتب Desk <desk@example.com>:",
    "en": "On Tue, Sep 3, 2024 at 10:12 AM Desk <desk@example.com> wrote:",
    "de": "Am Di., 3. Sept. 2024 um 10:12 Uhr schrieb Desk <desk@example.com>:",
    "fr": "Le mar. 3 sept. 2024 à 10:12, Desk <desk@example.com> a écrit :",
    "es": "El mar, 3 sept 2024 a las 10:12, Desk (<desk@example.com>) escribió:",
    "pt": "Em ter., 3 de set. de 2024 às 10:12, Desk <desk@example.com> escreveu:",
    "it": "Il giorno mar 3 set 2024 alle ore 10:12 Desk <desk@example.com> ha scritto:",
    "nl": "Op di 3 sep 2024 om 10:12 schreef Desk <desk@example.com>:",
    "da": "Den tirs. 3. sep. 2024 kl. 10.12 skrev Desk <desk@example.com>:",
    "sv": "Den tis 3 sep. 2024 kl 10:12 skrev Desk <desk@example.com>:",
    "fi": "ti 3. syysk. 2024 klo 10.12 Desk (desk@example.com) kirjoitti:",
    "pl": "wt., 3 wrz 2024 o 10:12 Desk <desk@example.com> napisał(a):",
    "ru": "вт, 3 сент. 2024 г. в 10:12, Desk <desk@example.com>:",
    "ru written": "3 сентября 2024 г., 10:12, Desk <desk@example.com> написал:",
    "zh": "Desk <desk@example.com> 于2024年9月3日周二 10:12写道：",
    "ja": "2024年9月3日(火) 10:12 Desk <desk@example.com>:",
    "tr": "Desk <desk@example.com>, 3 Eyl 2024 Sal, 10:12 tarihinde şunu yazdı:",
}


@pytest.mark.parametrize("line", ANNOUNCED.values(), ids=ANNOUNCED.keys())
def test_words_below_an_attribution_are_old(line: str) -> None:
    assert new_text(f"شماره درست ۱۴ است\n\n{line}\n\n> نوشته قدیم\n> خط دوم") == "شماره درست ۱۴ است"
    assert new_text(f"New words\n\n{line}\n\nold words without a mark") == "New words"


BLOCKS = {
    "fa": "از: شرکت نمونه <desk@example.ir>\nتاریخ: ۱۲ شهریور\nبه: سارا\nموضوع: شکایت",
    "he": "מאת: Desk <desk@example.co.il>\nנשלח: יום רביעי\nאל: משה\nנושא: תלונה",
    "ar": "من: Desk <desk@example.com>\nتم الإرسال: الثلاثاء\nإلى: سارة\nالموضوع: شكوى",
    "en": "From: Desk <desk@example.com>\nSent: Tuesday\nTo: Sara\nSubject: Complaint",
    "de": "Von: Desk <desk@example.com>\nGesendet: Dienstag\nAn: Sara\nBetreff: Beschwerde",
    "fr": "De : Desk <desk@example.com>\nEnvoyé : mardi\nÀ : Sara\nObjet : Plainte",
    "ru": "От: Desk <desk@example.com>\nОтправлено: вторник\nКому: Сара\nТема: Жалоба",
    "zh": "发件人: Desk <desk@example.com>\n发送时间: 星期二\n收件人: Sara\n主题: 投诉",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_words_below_the_headers_of_an_older_mail_are_old(block: str) -> None:
    assert new_text(f"New words\n\n{block}\n\nold words") == "New words"
    assert new_text(f"New words\n\n{'_' * 32}\n{block}\n\nold words") == "New words"


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "-----پیام اصلی-----",
        "-------- הודעה מקורית --------",
        "-------- الرسالة الأصلية --------",
        "----- Ursprüngliche Nachricht -----",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "## Please reply above this line ##",
    ],
)
def test_words_below_a_separator_are_old(line: str) -> None:
    assert new_text(f"New words\n\n{line}\n\nold words") == "New words"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nSara Amini",
        "Sent from my iPhone",
        "Get Outlook for Android<https://aka.ms/x>",
        "ارسال شده از آیفون من",
        "از گوشی سامسونگ من ارسال شده است",
        "נשלח מה-iPhone שלי",
        "أرسلت من هاتفي",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
    ],
)
def test_a_signature_is_left_out(signature: str) -> None:
    assert new_text(f"New words\n\n{signature}") == "New words"


@pytest.mark.parametrize(
    "text",
    [
        "Your driver wrote: I was not at home.\nBut I was.",
        "On Monday I wrote to you.\nNobody answered on Tuesday.",
        "Sent from my desk, is much easier than my mobile phone.",
        "از: تهران\nرفتم و کسی نبود.",
        "> you asked for the number\nIt is 14",
        "To: whom it may concern\nmy order is late",
        "راننده نوشت: من آنجا بودم.\nولی نبود.",
    ],
)
def test_what_the_complainant_wrote_is_never_cut(text: str) -> None:
    assert new_text(text) == text


def test_answers_below_and_between_quoted_lines_stay() -> None:
    attribution = "On Tue, Sep 3, 2024 at 10:12 AM Desk <desk@example.com> wrote:"
    assert new_text(f"{attribution}\n> Which flat?\n\nFlat 14") == "Flat 14"
    between = "> Which flat?\nFlat 14\n> Which city?\nTehran"
    assert new_text(f"{attribution}\n{between}") == between


def test_a_letter_of_nothing_but_quotation_is_shown_whole() -> None:
    assert new_text("> only\n> quoted") == "> only\n> quoted"


@pytest.mark.parametrize(
    "html",
    [
        '<div dir="rtl">سلام</div><div class="gmail_quote">نوشت:<blockquote>قدیم</blockquote></div>',
        '<p>سلام</p><div id="divRplyFwdMsg"><b>From:</b> x</div><p>old</p>',
        '<p>سلام</p><div class="yahoo_quoted">old</div>',
        '<p>سلام</p><div style="border:none;border-top:solid #E1E1E1 1.0pt">old</div>',
    ],
)
def test_what_a_mail_program_marked_as_quoted_is_left_out(html: str) -> None:
    assert new_text_of_html(html) == "سلام"
