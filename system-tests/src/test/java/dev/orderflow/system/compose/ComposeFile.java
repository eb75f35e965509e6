package dev.orderflow.system.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code compose/compose.yaml} as Compose sees it: anchors and merge keys resolved, {@code ${NAME:-default}} as its default. */
final class ComposeFile {

    /** The root of the repository: tests run in their module's directory. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path DIRECTORY = ROOT.resolve("compose");

    private final Map<String, Object> content;

    private ComposeFile(Map<String, Object> content) {
        this.content = content;
    }

    static ComposeFile read() {
        return new ComposeFile(yaml(DIRECTORY.resolve("compose.yaml")));
    }

    /** A file in YAML or JSON. */
    static Map<String, Object> yaml(Path file) {
        try {
            String text = Files.readString(file).replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
            return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        map(content.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    /** The services of Orderflow itself, which run from the image that is built here; with the payment provider. */
    Map<String, Map<String, Object>> ours() {
        Map<String, Map<String, Object>> ours = services();
        ours.values().removeIf(service -> !image(service).startsWith("orderflow:"));
        return ours;
    }

    /** Our services but for the payment provider, which is no part of the product. */
    Map<String, Map<String, Object>> product() {
        Map<String, Map<String, Object>> product = ours();
        product.keySet().remove("provider");
        return product;
    }

    /** What every service of ours is given. */
    Map<String, String> sharedSettings() {
        return texts(content.get("x-service-settings"));
    }

    Map<String, Object> volumes() {
        return map(content.get("volumes"));
    }

    static String image(Map<String, Object> service) {
        return String.valueOf(service.get("image"));
    }

    static Map<String, String> environment(Map<String, Object> service) {
        return texts(service.get("environment"));
    }

    static List<String> list(Map<String, Object> service, String key) {
        return service.get(key) instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of();
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> found) {
            found.forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        return map;
    }

    private static Map<String, String> texts(Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((name, each) -> texts.put(name, String.valueOf(each)));
        return texts;
    }
}
