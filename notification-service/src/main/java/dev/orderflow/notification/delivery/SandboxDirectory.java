package dev.orderflow.notification.delivery;

import dev.orderflow.notification.message.CustomerDirectory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Gives every customer an address under a domain that exists for no one: {@code <userId>@example.test}. */
public final class SandboxDirectory implements CustomerDirectory {

    private static final String DOMAIN = "@example.test";
    private static final int LONGEST_LOCAL_PART = 64;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Override
    public Optional<String> addressOf(String userId) {
        if (userId.isBlank()) {
            return Optional.empty();
        }
        StringBuilder local = new StringBuilder();
        for (byte at : userId.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (at & 0xff);
            boolean afterDot = local.isEmpty() || local.charAt(local.length() - 1) == '.';
            if (isPlain(character) || (character == '.' && !afterDot)) {
                local.append(character);
            } else {
                local.append('=').append(HEX.toHexDigits(at));
            }
        }
        if (local.charAt(local.length() - 1) == '.') {
            local.setLength(local.length() - 1);
            local.append("=2E");
        }
        return local.length() > LONGEST_LOCAL_PART ? Optional.empty() : Optional.of(local + DOMAIN);
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || character == '+';
    }
}
