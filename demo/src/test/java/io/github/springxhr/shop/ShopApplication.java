package io.github.springxhr.shop;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The service with CORS set up rightly.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ ShopService.class, ShopApplication.Cors.class })
class ShopApplication {

	static class Cors implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**")
				.allowedOrigins("https://shop.example")
				.allowedMethods("GET", "PUT")
				.allowedHeaders("Content-Type", "X-Request-Id")
				.exposedHeaders("ETag")
				.allowCredentials(true);
		}

	}

}
