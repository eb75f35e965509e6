package dev.orderflow.local.stack;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.local.process.ChildSide;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.util.Arrays;

/** One service as a child process: {@code ServiceProcess NAME --set name=value ...}. It ends with its parent. */
final class ServiceProcess {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private ServiceProcess() {}

    /** Runs the service until the parent ends it or is gone. */
    public static void main(String[] args) {
        ChildSide.leaveInterruptToParent();
        ChildSide.endWithParent(GRACE);
        ServiceCatalogue service = ServiceCatalogue.named(args[0]);
        ServiceMain.run(Arrays.copyOfRange(args, 1, args.length), Topics::toCreate, service::create);
    }
}
