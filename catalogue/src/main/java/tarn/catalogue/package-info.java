/// The list of services: start reading at [tarn.catalogue.Catalogue].
@NullMarked
package tarn.catalogue;

import org.jspecify.annotations.NullMarked;
