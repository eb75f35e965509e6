package dev.orderflow.payment;

import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.service.ComposedService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.payment.audit.Audit;
import dev.orderflow.payment.audit.AuditSettings;
import dev.orderflow.payment.control.PauseSwitch;
import dev.orderflow.payment.http.ProviderApi;
import dev.orderflow.payment.http.WebhookApi;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.PlainProvider;
import dev.orderflow.payment.provider.StripeAccount;
import dev.orderflow.payment.provider.StripeProvider;
import dev.orderflow.payment.topology.PaymentTopology;
import java.time.InstantSource;

/** Payment: charges orders whose stock is reserved, and undoes it where the saga asks. */
public final class PaymentService extends ComposedService {

    /** A service that has not begun. It may connect to Kafka, so it is to be closed in any case. */
    public PaymentService(ServiceContext context) {
        super(PaymentTopology.SERVICE);
        PaymentSettings settings = PaymentSettings.from(context.settings());
        PaymentProvider provider = providerOf(settings);
        manage(provider::close);
        PauseSwitch pause = manage(PauseSwitch.connect(settings.provider(), context.kafka(), context.serdes()));
        settings.webhookSecret().ifPresent(secret -> {
            String keyPrefix = settings.stripe().map(StripeAccount::keyPrefix).orElse("");
            WebhookApi webhooks =
                    new WebhookApi(settings.provider(), secret, keyPrefix, context.kafka(), context.serdes());
            manage(webhooks::close);
            serve(webhooks);
        });
        AuditSettings auditing = AuditSettings.from(context.settings());
        if (auditing.enabled()) {
            serve(manage(new Audit(auditing, context.kafka(), context.serdes(), provider)));
        }
        DurableApplication application = manage(context.application(PaymentTopology.definition(
                provider,
                settings.rules(),
                settings.retryPolicy(),
                new EffectBrake(settings.callsAtOnce(), settings.rate(), pause::pause),
                settings.idempotencyWindow(),
                InstantSource.system())));
        serve(new ProviderApi(pause, settings.callsAtOnce(), settings.rate(), application::effects));
    }

    private static PaymentProvider providerOf(PaymentSettings settings) {
        InstantSource clock = InstantSource.system();
        return settings.stripe()
                .<PaymentProvider>map(account -> new StripeProvider(account, clock))
                .orElseGet(() ->
                        new PlainProvider(settings.provider(), settings.origin(), settings.attemptTimeout(), clock));
    }
}
