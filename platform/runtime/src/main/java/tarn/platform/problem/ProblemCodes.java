package tarn.platform.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The problems that an operation can answer with, beyond those that follow from its method, its
/// parameters and its rights: for the contract.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ProblemCodes {

    /// Each a status and its codes, as in `409 last-administrator, last-owner`.
    String[] value();
}
