package dev.orderflow.local.sandbox;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/** The pages on which a person approves or declines what waits. */
final class PaymentPage {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Sandbox payments</title><link rel="icon" href="data:,">
            <style>
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{max-width:34rem;margin:3rem auto;padding:0 1rem}
            .card{border:1px solid #8884;border-radius:.75rem;padding:1.25rem 1.5rem;margin:1rem 0}
            .amount{font-size:2rem;font-weight:600}
            .note{opacity:.7}
            form{display:inline}
            button{font:inherit;padding:.5rem 1.25rem;border-radius:.5rem;border:1px solid #8886;cursor:pointer}
            .yes{background:#16794a;border-color:#16794a;color:#fff}
            </style></head><body>
            <h1>Sandbox payments</h1>
            """;
    private static final String END = "<p class=\"note\">No money moves here.</p></body></html>\n";

    private PaymentPage() {}

    /** What waits, oldest first. */
    static String list(List<Charge> waiting, boolean more) {
        StringBuilder html = new StringBuilder(HEAD);
        if (waiting.isEmpty()) {
            html.append("<p>Nothing waits to be approved.</p>");
        }
        waiting.forEach(charge -> html.append(card(charge)));
        if (more) {
            html.append("<p class=\"note\">... and more.</p>");
        }
        return html.append(END).toString();
    }

    /** One charge, whatever has become of it. */
    static String one(Charge charge) {
        return HEAD + card(charge) + "<p><a href=\"/pay\">All that wait</a></p>" + END;
    }

    private static String card(Charge charge) {
        String buttons = charge.pending()
                ? button(charge, "approve", "Approve", " class=\"yes\"") + " "
                        + button(charge, "decline", "Decline", "")
                : "<strong>" + (charge.refunded() ? "refunded" : charge.status()) + "</strong>";
        return "<div class=\"card\"><div class=\"amount\">" + escaped(amount(charge)) + "</div><p>Order "
                + escaped(charge.orderId()) + "<br><span class=\"note\">" + escaped(charge.key()) + "</span></p>"
                + buttons
                + "</div>\n";
    }

    private static String button(Charge charge, String verdict, String text, String style) {
        return "<form method=\"post\" action=\"/pay/" + charge.chargeId() + "/" + verdict + "\"><button" + style + ">"
                + text + "</button></form>";
    }

    private static String amount(Charge charge) {
        int digits = 0;
        try {
            digits = Math.max(0, Currency.getInstance(charge.currency()).getDefaultFractionDigits());
        } catch (IllegalArgumentException noCurrency) {
            return charge.amount() + " " + charge.currency();
        }
        return BigDecimal.valueOf(charge.amount(), digits).toPlainString() + " " + charge.currency();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
