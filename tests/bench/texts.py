"""Texts of the bench: sentences in three languages, written for it, with words of every frequency."""

from __future__ import annotations

import random

NAMES = {
    "fa": (["مهسا", "رضا", "نگار", "آرش", "سارا", "کاوه", "لیلا", "بهرام"],
           ["کیان‌پور", "رستمی", "موسوی", "نیکنام", "صادقی", "احمدی", "زمانی", "فرهادی"]),
    "he": (["יעל", "דוד", "נועה", "אורי", "תמר", "איתן"], ["כהן", "לוי", "מזרחי", "פרץ", "ביטון", "אברהם"]),
    "en": (["Anna", "Peter", "Maria", "John", "Lucy", "Omar"],
           ["Miller", "Novak", "Santos", "Green", "Haddad", "Berg"]),
}  # fmt: skip
SENTENCES = {
    "fa": [
        "ماشین لباسشویی هنگام خشک‌کردن به شدت می‌لرزد و صدا می‌دهد.",
        "یخچال از دو هفته پیش دیگر خنک نمی‌کند و آب از زیر آن راه افتاده است.",
        "سه بار با مرکز تماس گرفتم و هر بار گفتند تعمیرکار فردا می‌آید.",
        "قطعه‌ای که عوض کردند دوباره خراب شد و هزینهٔ آن را از من گرفتند.",
        "فروشنده گفت ضمانت‌نامه دو سال است ولی نمایندگی آن را نپذیرفت.",
        "خواهش می‌کنم دستگاه را عوض کنید یا پول مرا برگردانید.",
        "در صورت‌حساب مبلغی آمده که هیچ‌کس دربارهٔ آن به من چیزی نگفته بود.",
        "از رفتار محترمانهٔ تعمیرکار سپاسگزارم، ولی مشکل هنوز هست.",
    ],
    "he": [
        "מכונת הכביסה רועדת בזמן הסחיטה ומרעישה מאוד.",
        "המקרר הפסיק לקרר לפני שבועיים ויש מתחתיו מים.",
        "התקשרתי שלוש פעמים ובכל פעם אמרו שהטכנאי יגיע מחר.",
        "החלק שהוחלף התקלקל שוב וגבו ממני תשלום עבורו.",
        "המוכר אמר שהאחריות לשנתיים אבל המעבדה לא קיבלה אותה.",
        "אני מבקש להחליף את המכשיר או להחזיר לי את הכסף.",
    ],
    "en": [
        "The washing machine shakes badly when it spins and makes a loud noise.",
        "The refrigerator stopped cooling two weeks ago and there is water under it.",
        "I called three times and was told each time that the technician would come tomorrow.",
        "The part that was exchanged broke again and I was charged for it.",
        "The dealer promised two years of warranty, but the service centre refused it.",
        "Please exchange the appliance or give me my money back.",
        "The invoice shows an amount that nobody had told me about.",
    ],
}  # fmt: skip
PRODUCTS = ["Arman W-700", "Arman W-900", "Arman R-310", "Arman D-12", "Arman V-5", "Arman A-18000"]
SYLLABLES = ["ka", "lo", "mi", "ra", "tu", "ve", "ni", "sho", "pe", "da", "zu", "fe"]


def rare_word(number: int) -> str:
    """A word that about twenty of a hundred thousand complaints have: the name of a street, a shop, a village."""
    parts = []
    for _ in range(4):
        number, part = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[part])
    return "".join(parts) + "q"


def story(chance: random.Random, language: str, number: int, total: int) -> list[str]:
    """What somebody writes: three to six sentences, a place, now and then a code of an error."""
    said = chance.sample(SENTENCES[language], chance.randint(3, 6))
    said.append(rare_word(number % max(total // 20, 1)))
    return [*said, f"E-{chance.randint(1, 40)}"] if chance.random() < 0.3 else said


def name(chance: random.Random, language: str) -> str:
    first, last = NAMES[language]
    return f"{chance.choice(first)} {chance.choice(last)}"
