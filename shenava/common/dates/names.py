"""Names of months and weekdays. They are data, not interface text: a letter is dated in its own
language, whatever language is active, so they do not go through gettext."""

from __future__ import annotations

WEEKDAYS = {  # Monday first, as date.weekday()
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "he": ("יום שני", "יום שלישי", "יום רביעי", "יום חמישי", "יום שישי", "שבת", "יום ראשון"),
}
JALALI = {
    "en": ("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
           "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
    "fa": ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
           "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    "he": ("פרוורדין", "אורדיבהשת", "ח׳ורדאד", "תיר", "מורדאד", "שהריוור",
           "מהר", "אבאן", "אזר", "דיי", "בהמן", "אספנד"),
}  # fmt: skip
GREGORIAN = {
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
    "fa": ("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن",
           "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
    "he": ("ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני",
           "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"),
}  # fmt: skip
HEBREW = {  # from Nisan; the twelfth is Adar or Adar I, the thirteenth Adar II
    "en": ("Nisan", "Iyar", "Sivan", "Tammuz", "Av", "Elul",
           "Tishrei", "Cheshvan", "Kislev", "Tevet", "Shevat", "Adar", "Adar II"),
    "fa": ("نیسان", "ایار", "سیوان", "تموز", "آو", "ایلول",
           "تیشری", "حشوان", "کیسلو", "طوت", "شواط", "آدار", "آدار دوم"),
    "he": ("ניסן", "אייר", "סיוון", "תמוז", "אב", "אלול",
           "תשרי", "חשוון", "כסלו", "טבת", "שבט", "אדר", "אדר ב׳"),
}  # fmt: skip
ADAR_I = {"en": "Adar I", "fa": "آدار اول", "he": "אדר א׳"}
DURATION = {
    "en": ({"d": ("day", "days"), "h": ("h", "h"), "m": ("min", "min")}, " "),
    "fa": ({"d": ("روز", "روز"), "h": ("ساعت", "ساعت"), "m": ("دقیقه", "دقیقه")}, " و "),
    "he": ({"d": ("יום", "ימים"), "h": ("שע׳", "שע׳"), "m": ("דק׳", "דק׳")}, " ו־"),
}
