/// The gateway as its clients see it, in front of services that echo.
@NullMarked
package tarn.gateway;

import org.jspecify.annotations.NullMarked;
