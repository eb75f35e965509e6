package dev.orderflow.local.registry;

import dev.orderflow.local.process.ChildSide;
import dev.orderflow.local.process.JavaCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;

/**
 * How the registry's process is started: from plain jars in one order that never changes, which is what lets the
 * virtual machine map its classes from an archive instead of loading 20,000 of them.
 */
final class RegistryLauncher {

    private static final List<Class<?>> OURS = List.of(RegistryMain.class, ChildSide.class);

    private final RegistryInstallation installation;
    private final List<byte[]> classFiles;
    private final String fingerprint;

    RegistryLauncher(RegistryInstallation installation) {
        this.installation = installation;
        this.classFiles = OURS.stream().map(RegistryLauncher::classFile).toList();
        CRC32 checksum = new CRC32();
        classFiles.forEach(checksum::update);
        this.fingerprint = HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /** Where the archive of loaded classes is, or will be: one for each Java and each content of our two classes. */
    Path archive() {
        String name = "shared-" + fingerprint + "-" + System.getProperty("java.vm.version") + ".jsa";
        return installation.directory().resolve(name);
    }

    /** The command of the registry with these virtual machine options before its fixed ones. */
    JavaCommand command(List<String> options) {
        List<Path> classpath = new ArrayList<>();
        classpath.add(jar());
        classpath.addAll(installation.classpath());
        return new JavaCommand(options, classpath, RegistryMain.class.getName(), List.of());
    }

    /** Our side of the class path: a jar, since the archive takes no directories, and one that outlives our builds. */
    private Path jar() {
        Path jar = installation.directory().resolve("launcher-" + fingerprint + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try {
            Path unfinished = Files.createTempFile(installation.directory(), "launcher", ".jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished))) {
                for (int i = 0; i < classFiles.size(); i++) {
                    out.putNextEntry(new JarEntry(OURS.get(i).getName().replace('.', '/') + ".class"));
                    out.write(classFiles.get(i));
                }
            }
            return Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema registry's launcher " + jar + " cannot be written", e);
        }
    }

    private static byte[] classFile(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (in != null) {
                in.transferTo(bytes);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(type.getName() + " cannot be read", e);
        }
    }
}
