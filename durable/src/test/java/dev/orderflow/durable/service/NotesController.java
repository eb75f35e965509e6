package dev.orderflow.durable.service;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;

@Controller("/notes")
@Requires(beans = SwitchedService.Sizes.class)
final class NotesController {

    private final SwitchedService.Sizes sizes;

    NotesController(SwitchedService.Sizes sizes) {
        this.sizes = sizes;
    }

    @Post
    @Consumes(MediaType.ALL)
    @Produces(MediaType.TEXT_PLAIN)
    String size(@Body byte[] body) {
        return Integer.toString(sizes.of(body));
    }
}
