package dev.lifesign.lab.mapping;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Names that columns have in exports, in several languages, the likeliest first. */
final class KnownNames {

  private static final Map<Field, List<String>> NAMES = new EnumMap<>(Field.class);

  static {
    NAMES.put(
        Field.CUSTOMER,
        List.of(
            "customer id",
            "customerid",
            "customer",
            "customer number",
            "customer no",
            "client id",
            "clientid",
            "client",
            "user id",
            "userid",
            "member id",
            "account id",
            "buyer id",
            "buyer",
            "kundennummer",
            "kunden nr",
            "kundennr",
            "kunden id",
            "kunde",
            "id cliente",
            "cliente",
            "numero client",
            "numéro client",
            "id client",
            "klant",
            "شناسه مشتری",
            "کد مشتری",
            "مشتری",
            "رقم العميل",
            "العميل",
            "email",
            "e mail",
            "customer email",
            "billing email",
            "email address",
            "correo",
            "courriel",
            "ایمیل",
            "پست الکترونیک",
            "البريد الإلكتروني",
            "phone",
            "billing phone",
            "customer phone",
            "mobile",
            "telephone",
            "telefon",
            "téléphone",
            "teléfono",
            "تلفن",
            "موبایل",
            "شماره تلفن",
            "شماره موبایل",
            "الهاتف"));
    NAMES.put(
        Field.TIME,
        List.of(
            "created at",
            "date created",
            "order date",
            "orderdate",
            "invoice date",
            "invoicedate",
            "transaction date",
            "purchase date",
            "purchased at",
            "paid at",
            "created utc",
            "created date utc",
            "created",
            "date",
            "datetime",
            "timestamp",
            "time",
            "datum",
            "bestelldatum",
            "rechnungsdatum",
            "fecha",
            "fecha de pedido",
            "date de commande",
            "data",
            "تاریخ سفارش",
            "تاریخ",
            "تاریخ ثبت",
            "تاریخ خرید",
            "تاريخ",
            "التاريخ",
            "تاريخ الطلب"));
    NAMES.put(
        Field.ORDER,
        List.of(
            "order id",
            "orderid",
            "order number",
            "order no",
            "order",
            "invoice no",
            "invoiceno",
            "invoice number",
            "invoice",
            "receipt",
            "transaction id",
            "bestellnummer",
            "bestellnr",
            "auftragsnummer",
            "rechnungsnummer",
            "pedido",
            "número de pedido",
            "commande",
            "numéro de commande",
            "شماره سفارش",
            "کد سفارش",
            "سفارش",
            "شماره فاکتور",
            "رقم الطلب"));
    NAMES.put(
        Field.AMOUNT,
        List.of(
            "total",
            "order total",
            "grand total",
            "total amount",
            "amount",
            "line total",
            "total price",
            "total paid",
            "revenue",
            "sales",
            "gross",
            "net",
            "sum",
            "betrag",
            "gesamtbetrag",
            "summe",
            "gesamt",
            "umsatz",
            "montant",
            "montant total",
            "total ttc",
            "importe",
            "importe total",
            "monto",
            "valor",
            "valor total",
            "مبلغ کل",
            "مبلغ",
            "مبلغ پرداختی",
            "جمع کل",
            "مجموع",
            "المبلغ",
            "المبلغ الإجمالي",
            "الإجمالي",
            "المجموع"));
    NAMES.put(
        Field.QUANTITY,
        List.of(
            "quantity",
            "qty",
            "units",
            "menge",
            "anzahl",
            "quantité",
            "cantidad",
            "تعداد",
            "الكمية"));
    NAMES.put(
        Field.PRICE,
        List.of(
            "unit price",
            "unitprice",
            "price",
            "item price",
            "einzelpreis",
            "stückpreis",
            "preis",
            "prix unitaire",
            "prix",
            "precio",
            "precio unitario",
            "قیمت واحد",
            "قیمت",
            "السعر"));
    NAMES.put(
        Field.REFUNDED,
        List.of(
            "refunded amount",
            "amount refunded",
            "refunded",
            "refund amount",
            "erstattet",
            "مبلغ مرجوعی"));
    NAMES.put(
        Field.CURRENCY,
        List.of(
            "currency",
            "currency code",
            "order currency",
            "währung",
            "devise",
            "moneda",
            "ارز",
            "العملة"));
    NAMES.put(
        Field.STATUS,
        List.of(
            "financial status",
            "payment status",
            "order status",
            "status",
            "bestellstatus",
            "zahlungsstatus",
            "statut",
            "estado",
            "وضعیت سفارش",
            "وضعیت پرداخت",
            "وضعیت",
            "الحالة"));
    NAMES.put(
        Field.SKU,
        List.of("sku", "stockcode", "lineitem sku", "product id", "item id", "artikelnummer"));
  }

  private KnownNames() {}

  /** The names of a field; none if a guess does not look for it. */
  static List<String> of(Field field) {
    return NAMES.getOrDefault(field, List.of()).stream().map(KnownNames::folded).toList();
  }

  /** The fields that a guess looks for. */
  static List<Field> fields() {
    return List.copyOf(NAMES.keySet());
  }

  /** A name as headers compare it, without punctuation and the differences of Arabic letters. */
  static String folded(String name) {
    return Header.folded(name.replace('ي', 'ی').replace('ك', 'ک').replaceAll("[\\-.()#]+", " "));
  }
}
