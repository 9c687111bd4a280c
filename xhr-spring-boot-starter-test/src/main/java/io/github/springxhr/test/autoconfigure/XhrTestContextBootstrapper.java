package io.github.springxhr.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts the context of {@link XhrTest @XhrTest} with its properties.
 */
class XhrTestContextBootstrapper extends TestSliceTestContextBootstrapper<XhrTest> {

}
