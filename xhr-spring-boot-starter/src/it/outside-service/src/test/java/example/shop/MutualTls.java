package example.shop;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.WireMockConfigurationCustomizer;

/**
 * Lets nobody in who has no certificate of the authority.
 */
public class MutualTls implements WireMockConfigurationCustomizer {

	@Override
	public void customize(WireMockConfiguration configuration, ConfigureWireMock options) {
		configuration.keystorePath(Certificates.serverKeyStore().getPath())
			.keystoreType("PKCS12")
			.keystorePassword(Certificates.PASSWORD)
			.keyManagerPassword(Certificates.PASSWORD)
			.trustStorePath(Certificates.authorityTrustStore().getPath())
			.trustStoreType("PKCS12")
			.trustStorePassword(Certificates.PASSWORD)
			.needClientAuth(true);
	}

}
