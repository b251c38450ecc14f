"""The words of the demo: an appliance maker in Tehran, its people, and what customers told it."""

from __future__ import annotations

from dataclasses import dataclass

ORGANISATION = "آرمان‌پاسخ"
COMMITMENT = "هر شکایت شماره‌ای دارد، مهلتی برای پاسخ و کسی که پاسخگوی آن است. رسیدگی رایگان و محرمانه است."
UNITS = {
    "head": ("دفتر مرکزی", "head_office", ""),
    "service": ("خدمات پس از فروش", "service_centre", "head"),
    "sales": ("فروش", "sales_branch", "head"),
    "tehran": ("شعبهٔ تهران", "sales_branch", "sales"),
}
PEOPLE = (
    ("سارا رستمی", "sara@arman.example", "complaint_officer", "service"),
    ("نگار موسوی", "negar@arman.example", "contact_agent", "service"),
    ("علی صادقی", "ali@arman.example", "expert", "service"),
    ("رضا احمدی‌نژاد", "reza@arman.example", "approver", "service"),
    ("آرش نیک‌نام", "arash@arman.example", "complaints_manager", ""),
    ("Yael Cohen", "yael@arman.example", "auditor", ""),
    ("دارا کریمی", "dara@arman.example", "administrator", ""),
)


@dataclass(frozen=True)
class Told:
    """One story of the demo."""

    title: str
    description: str
    name: str = ""
    email: str = ""
    phone: str = ""
    channel: str = "portal"
    record_type: str = "complaint"
    subject: str = "product"
    language: str = "fa"
    product: str = ""
    serial: str = ""
    remedies: tuple[str, ...] = ()
    hours_ago: int = 5
    pace: int = 1
    steps: tuple[str, ...] = ()
    note: str = ""
    response: str = ""
    answer: str = ""


COMPLAINTS = (
    Told(
        "ماشین لباسشویی در دور تند می‌لرزد و خطای E-21 می‌دهد",
        "دستگاه در دور ۱۲۰۰ لرزش شدید دارد و خطای E-21 نشان می‌دهد. فروشگاه گفت ظرف ۴۸ ساعت تعمیرکار می‌آید، "
        "اما هیچ‌کس نیامد. شمارهٔ سریال SN/WM-2043-88-B17 است.",
        name="مهسا کیان‌پور", email="mahsa@example.com", phone="+989123456789", product="ماشین لباسشویی ۸ کیلویی",
        serial="SN/WM-2043-88-B17", remedies=("repair", "explanation"), hours_ago=30,
        steps=("take", "note"),
        note="همین سری در سه شکایت دیگر هم خطای لرزش داشته؛ پیش از اعزام تکنسین موجودی کمک‌فنر بررسی شود.",
    ),
    Told(
        "دو هفته از موعد تحویل گذشته و پاسخی نگرفته‌ام",
        "یخچال را ۲۵ مهر خریدم و قرار بود ۱۰ روزه تحویل شود. هر بار می‌گویند فردا.",
        name="رضا احمدی", email="reza.a@example.com", phone="+989121112233", channel="phone", subject="service",
        product="یخچال فریزر", remedies=("explanation", "compensation"), hours_ago=320,
    ),
    Told(
        "Refund not received after a cancelled order",
        "I cancelled order 7781/A three weeks ago. The shop confirmed it, but the money has not come back.",
        name="Yasmin Levi", email="yasmin@example.com", channel="portal", subject="process", language="en",
        remedies=("refund",), hours_ago=50, steps=("take", "respond"), pace=8,
        response="We have checked your order. The refund left our bank today and reaches you in three working days.",
    ),
    Told(
        "رفتار نامناسب کارشناس نصب",
        "کارشناس نصب با دو ساعت تأخیر آمد و با لحن تند گفت «همین است که هست».",
        name="نگار شریفی", email="negar.s@example.com", subject="staff", remedies=("apology",), hours_ago=4,
    ),
    Told(
        "מכונת הכביסה רועדת בסחיטה מהירה",
        "המכונה רועדת בסחיטה ומציגה E-21. קניתי אותה לפני חודשיים ואף טכנאי לא הגיע.",
        name="יעל כהן", email="yael.c@example.com", language="he", product="מכונת כביסה", remedies=("repair",),
        hours_ago=9,
    ),
    Told(
        "مغایرت صورت‌حساب ۷۷۸۱ با پیش‌فاکتور",
        "در صورت‌حساب هزینهٔ حمل دو بار آمده است.",
        name="شرکت پارسیان نور", email="office@parsian.example", channel="letter", subject="process",
        remedies=("correction", "refund"), hours_ago=140, pace=20, steps=("take", "respond", "accept"),
        response="حق با شماست. صورت‌حساب اصلاح شد و مبلغ اضافه به حساب شما برگشت. بابت اشتباه پوزش می‌خواهیم.",
    ),
    Told(
        "پاسخ شما مشکل را حل نکرد",
        "تلویزیون بعد از تعمیر دوباره خاموش می‌شود.",
        name="علی‌رضا صادقی", email="alireza@example.com", product="تلویزیون ۵۵ اینچ", remedies=("replacement",),
        hours_ago=100, pace=15, steps=("take", "respond", "reject"),
        response="برد تغذیه تعویض شد. لطفاً در صورت تکرار به ما خبر دهید.",
        answer="همان روز دوباره خاموش شد.",
    ),
    Told(
        "پیشنهاد: امکان پیگیری با پیامک",
        "خوب است وضعیت شکایت با پیامک هم فرستاده شود.",
        name="فاطمه هاشمی", email="fatemeh@example.com", record_type="suggestion", subject="information", hours_ago=26,
    ),
    Told(
        "شکایت بی‌نام از شعبهٔ تهران",
        "در شعبه برای تحویل کالای گارانتی پول اضافه گرفتند.",
        record_type="violation_report", subject="staff", hours_ago=20,
    ),
)  # fmt: skip
