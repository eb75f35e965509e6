package dev.orderflow.durable.effect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** An effect as bytes in its store, with a version in front. */
final class EffectBytes {

    private static final int VERSION = 2;

    private static final int WITHOUT_TRACE = 1;

    private EffectBytes() {}

    static byte[] write(Effect effect) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(effect.idempotencyKey());
            out.writeInt(effect.tries());
            out.writeLong(effect.startedAt().toEpochMilli());
            out.writeLong(effect.nextTry().toEpochMilli());
            RetryPolicy policy = effect.policy();
            out.writeLong(policy.firstDelay().toMillis());
            out.writeDouble(policy.factor());
            out.writeLong(policy.maxDelay().toMillis());
            out.writeInt(policy.maxTries());
            out.writeLong(policy.attemptTimeout().toMillis());
            out.writeLong(policy.giveUpAfter().toMillis());
            byte[] payload = effect.payload().getBytes(StandardCharsets.UTF_8);
            out.writeInt(payload.length);
            out.write(payload);
            String trace = effect.trace();
            out.writeUTF(trace == null ? "" : trace);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static Effect read(String key, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION && version != WITHOUT_TRACE) {
                throw new IllegalStateException("Effect " + key + " was written by a newer version (" + version
                        + "): run that version, or a newer one");
            }
            String idempotencyKey = in.readUTF();
            int tries = in.readInt();
            Instant startedAt = Instant.ofEpochMilli(in.readLong());
            Instant nextTry = Instant.ofEpochMilli(in.readLong());
            RetryPolicy policy = new RetryPolicy(
                    Duration.ofMillis(in.readLong()),
                    in.readDouble(),
                    Duration.ofMillis(in.readLong()),
                    in.readInt(),
                    Duration.ofMillis(in.readLong()),
                    Duration.ofMillis(in.readLong()));
            String payload = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            String trace = version == WITHOUT_TRACE ? "" : in.readUTF();
            return new Effect(
                    key, idempotencyKey, payload, tries, startedAt, policy, nextTry, trace.isEmpty() ? null : trace);
        } catch (IOException broken) {
            throw new UncheckedIOException("Effect " + key + " cannot be read from its store", broken);
        }
    }
}
