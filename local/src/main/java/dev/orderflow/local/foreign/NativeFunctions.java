package dev.orderflow.local.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Functions of native libraries as Java interfaces, and native memory as segments with a length. What a wrong
 * description does to the process is undefined, so all of it is in this class and its users.
 */
@SuppressWarnings("restricted") // The process is started with --enable-native-access: this is what it is for.
public final class NativeFunctions {

    private final SymbolLookup symbols;

    private NativeFunctions(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * The functions of a library, which is loaded into the process for good.
     *
     * @throws IllegalArgumentException when there is no such library, or it does not fit this machine
     */
    public static NativeFunctions of(Path library) {
        return new NativeFunctions(SymbolLookup.libraryLookup(library, Arena.global()));
    }

    /** The functions of the C library. */
    public static NativeFunctions ofSystem() {
        return new NativeFunctions(Linker.nativeLinker().defaultLookup());
    }

    /** A function as an interface with one method; empty where the library has none of that name. */
    public <T> Optional<T> find(Class<T> type, String name, FunctionDescriptor descriptor) {
        return symbols.find(name)
                .map(symbol -> MethodHandleProxies.asInterfaceInstance(
                        type, Linker.nativeLinker().downcallHandle(symbol, descriptor)));
    }

    /** The memory behind a pointer, which is this long. */
    public static MemorySegment sized(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    /** The text behind a pointer, up to its zero byte; empty where the pointer is null. */
    public static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
