package tarn.platform.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Resource versions as strong entity tags: `If-Match` guards changes (412), `If-None-Match` avoids
/// repeated downloads (304).
@Provider
public final class Version implements ContainerResponseFilter {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})(?:\\.[0-9a-f]{1,8})?\"");

    private final CurrentVertxRequest current;

    Version(CurrentVertxRequest current) {
        this.current = current;
    }

    /// A 200 response with a resource and its entity tag.
    ///
    /// @param tag made by [#tag]
    public static <T> RestResponse<T> ok(T view, EntityTag tag) {
        return RestResponse.ResponseBuilder.ok(view).tag(tag).build();
    }

    /// The entity tag of a version.
    ///
    /// @param derived values shown beside the resource's own fields, such as counts, whose change
    /// also changes the tag
    public static EntityTag tag(long version, Object... derived) {
        String number = Long.toString(version);
        return new EntityTag(
                derived.length == 0 ? number : number + '.' + Integer.toHexString(Arrays.hashCode(derived)));
    }

    /// The version in an `If-Match` header; null when absent or `*`.
    ///
    /// @throws Refusal.Outdated when the tag is not one of ours
    public static @Nullable Long expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new Refusal.Outdated();
        }
        return Long.valueOf(tag.group(1));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        EntityTag tag = response.getEntityTag();
        boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (tag == null || response.getStatus() != 200 || !read) {
            return;
        }
        // Not from the request context, which copies all headers into a tree first.
        String known = current.getCurrent().request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.strip().equals("*") || known.contains('"' + tag.getValue() + '"'))) {
            response.setStatus(304);
            response.setEntity(null);
        }
    }
}
