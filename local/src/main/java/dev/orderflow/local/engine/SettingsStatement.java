package dev.orderflow.local.engine;

import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** SQL for what a request sets outside its statement. Names are checked and values are quoted: neither adds SQL. */
final class SettingsStatement {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private SettingsStatement() {}

    /**
     * {@code SET} with all of the settings, in order.
     *
     * @throws EngineException for a name that no setting can have
     */
    static String set(Map<String, String> settings) {
        StringJoiner sql = new StringJoiner(", ", "SET ", "");
        settings.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw EngineException.of(
                        EngineException.UNKNOWN_SETTING,
                        "\"" + name + "\" in the URL is not the name of a setting. (UNKNOWN_SETTING)");
            }
            sql.add(name + " = '" + escape(value, '\'') + "'");
        });
        return sql.toString();
    }

    /** {@code USE} with the database. */
    static String use(String database) {
        return "USE `" + escape(database, '`') + "`";
    }

    private static String escape(String text, char quote) {
        return text.replace("\\", "\\\\").replace(String.valueOf(quote), "\\" + quote);
    }
}
