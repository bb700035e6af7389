package tarn.platform.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Refuses a body without a media type with 415: of some operations the framework takes one whose
/// `Content-Type` is missing, empty or a wildcard for JSON.
@Provider
public final class RequiredMediaType implements ContainerRequestFilter {

    private static final String NO_BODY = "0";

    private final ResourceInfo resource;

    RequiredMediaType(ResourceInfo resource) {
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (hasBody(request)
                && !isNamed(request.getHeaderString(HttpHeaders.CONTENT_TYPE))
                && !takesAny(resource.getResourceMethod())) {
            throw new NotSupportedException();
        }
    }

    private static boolean hasBody(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.getHeaderString("Transfer-Encoding") != null : !length.equals(NO_BODY);
    }

    private static boolean isNamed(@Nullable String type) {
        return type != null && !type.isBlank() && type.indexOf('*') < 0;
    }

    private static boolean takesAny(@Nullable Method method) {
        if (method == null) {
            return true;
        }
        Consumes consumed = method.getAnnotation(Consumes.class);
        return consumed != null && Arrays.asList(consumed.value()).contains(MediaType.WILDCARD);
    }
}
