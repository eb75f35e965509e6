package dev.orderflow.payment;

import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.payment.audit.Audit;
import dev.orderflow.payment.audit.AuditSettings;
import dev.orderflow.payment.control.PauseSwitch;
import dev.orderflow.payment.http.ProviderApi;
import dev.orderflow.payment.http.WebhookApi;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.PlainProvider;
import dev.orderflow.payment.provider.StripeProvider;
import dev.orderflow.payment.topology.PaymentTopology;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Payment: charges orders whose stock is reserved, and undoes it where the saga asks. */
public final class PaymentService implements OrderflowService {

    private final PaymentProvider provider;
    private final PauseSwitch pause;
    private final DurableApplication application;
    private final ProviderApi api;
    private final Optional<WebhookApi> webhooks;
    private final Optional<Audit> audit;

    /** A service that has not begun. It may connect to Kafka, so it is to be closed in any case. */
    public PaymentService(ServiceContext context) {
        PaymentSettings settings = PaymentSettings.from(context.settings());
        provider = providerOf(settings);
        pause = PauseSwitch.connect(settings.provider(), context.kafka(), context.serdes());
        application = new DurableApplication(
                PaymentTopology.definition(
                        provider,
                        settings.rules(),
                        settings.retryPolicy(),
                        new EffectBrake(settings.callsAtOnce(), settings.rate(), pause::pause),
                        settings.idempotencyWindow(),
                        InstantSource.system()),
                context.kafka(),
                context.serdes(),
                context.meters());
        api = new ProviderApi(pause, settings.callsAtOnce(), settings.rate(), application::effects);
        webhooks = settings.webhookSecret()
                .map(secret -> new WebhookApi(settings.provider(), secret, context.kafka(), context.serdes()));
        AuditSettings auditing = AuditSettings.from(context.settings());
        audit = auditing.enabled()
                ? Optional.of(new Audit(auditing, context.kafka(), context.serdes(), provider))
                : Optional.empty();
    }

    private static PaymentProvider providerOf(PaymentSettings settings) {
        InstantSource clock = InstantSource.system();
        return settings.stripe()
                .<PaymentProvider>map(account -> new StripeProvider(account, clock))
                .orElseGet(() ->
                        new PlainProvider(settings.provider(), settings.origin(), settings.attemptTimeout(), clock));
    }

    @Override
    public String name() {
        return PaymentTopology.SERVICE;
    }

    @Override
    public List<Object> beans() {
        return Stream.<Optional<?>>of(Optional.of(api), webhooks, audit)
                .<Object>flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void start() {
        pause.start();
        application.start();
        audit.ifPresent(Audit::start);
    }

    @Override
    public boolean isReady() {
        return application.isReady();
    }

    @Override
    public boolean isAlive() {
        return application.isAlive();
    }

    @Override
    public String status() {
        return application.state();
    }

    @Override
    public void close() {
        application.close();
        webhooks.ifPresent(WebhookApi::close);
        audit.ifPresent(Audit::close);
        pause.close();
        provider.close();
    }
}
