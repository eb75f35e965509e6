package dev.orderflow.notification.message;

/** Makes a text from outside harmless for one line of a mail: no line breaks or other controls, and not too long. */
final class OneLine {

    private static final int LONGEST = 200;

    private OneLine() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).map(OneLine::harmless).forEach(line::appendCodePoint);
        if (text.codePointCount(0, text.length()) > LONGEST) {
            line.append("...");
        }
        return line.toString();
    }

    /** Direction marks are among what is taken out: they can make a text read as another one. */
    private static int harmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> ' ';
            default -> character;
        };
    }
}
