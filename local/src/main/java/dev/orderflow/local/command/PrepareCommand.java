package dev.orderflow.local.command;

import dev.orderflow.local.engine.EngineLibrary;
import dev.orderflow.local.process.StartArchive;
import dev.orderflow.local.registry.RegistryArchive;
import dev.orderflow.local.registry.RegistryInstallation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code orderflow prepare}: what the first start would wait for, done by the build once and kept in the user's cache. */
@Command(
        name = "prepare",
        hidden = true,
        description =
                "Downloads the ClickHouse engine and archives the registry's classes, where that is not done yet, and"
                        + " the classes of this program, with what the compilers learn of them under load.")
public final class PrepareCommand implements Callable<Integer> {

    private static final int STEP_MB = 50;

    private long said = -1;

    @Override
    public Integer call() throws InterruptedException {
        EngineLibrary library = EngineLibrary.of(System.getenv());
        if (library.find().isEmpty()) {
            System.err.println("downloading the ClickHouse engine (180 MB, once)");
            library.obtain(this::say);
        }
        RegistryArchive archive = new RegistryArchive(RegistryInstallation.locate());
        if (!archive.exists()) {
            System.err.println("preparing the registry for quick starts (about 10 s, once)");
            archive.make();
        }
        Optional<Path> place = StartArchive.place();
        if (place.isPresent()) {
            System.err.println("preparing quick starts, with some orders (about a minute)");
            StartTraining.make(place.get());
        }
        return 0;
    }

    private void say(long bytes, long total) {
        long step = (bytes >> 20) / STEP_MB;
        if (step > said) {
            said = step;
            System.err.printf("  %d of %d MB unpacked%n", bytes >> 20, total >> 20);
        }
    }
}
