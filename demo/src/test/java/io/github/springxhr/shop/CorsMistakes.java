package io.github.springxhr.shop;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * CORS set up wrongly, in ways that are seen in the wild.
 */
final class CorsMistakes {

	private CorsMistakes() {
	}

	static class AnotherOrigin implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**")
				.allowedOrigins("http://shop.example")
				.allowedMethods("GET", "PUT")
				.allowedHeaders("Content-Type", "X-Request-Id")
				.exposedHeaders("ETag")
				.allowCredentials(true);
		}

	}

	static class MethodMissing implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**")
				.allowedOrigins("https://shop.example")
				.allowedHeaders("Content-Type", "X-Request-Id")
				.exposedHeaders("ETag")
				.allowCredentials(true);
		}

	}

	static class HeaderMissing implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**")
				.allowedOrigins("https://shop.example")
				.allowedMethods("GET", "PUT")
				.allowedHeaders("Content-Type")
				.exposedHeaders("ETag")
				.allowCredentials(true);
		}

	}

	static class CredentialsMissing implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**")
				.allowedOrigins("https://shop.example")
				.allowedMethods("GET", "PUT")
				.allowedHeaders("Content-Type", "X-Request-Id")
				.exposedHeaders("ETag");
		}

	}

	static class AnyOrigin implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**").allowedOrigins("*").allowedMethods("*").exposedHeaders("*");
		}

	}

	static class NotExposed implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/orders/**")
				.allowedOrigins("https://shop.example")
				.allowedMethods("GET", "PUT")
				.allowedHeaders("Content-Type", "X-Request-Id")
				.allowCredentials(true);
		}

	}

	/**
	 * A gateway in front of the service that adds the header to what the service answers.
	 */
	@Import(ShopApplication.Cors.class)
	static class HeaderTwice {

		@Bean
		FilterRegistrationBean<Filter> gateway() {
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new Gateway());
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

		private static final class Gateway extends OncePerRequestFilter {

			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws jakarta.servlet.ServletException, IOException {
				ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
				chain.doFilter(request, answer);
				answer.addHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
				answer.copyBodyToResponse();
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	@Import(ShopApplication.Cors.class)
	static class SecurityFirst {

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.PUT, "/orders/**")
					.permitAll()
					.anyRequest()
					.authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.build();
		}

	}

	/** Not a mistake: how the last one is mended. */
	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	@Import(ShopApplication.Cors.class)
	static class SecurityThatKnowsCors {

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.PUT, "/orders/**")
					.permitAll()
					.anyRequest()
					.authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.cors(Customizer.withDefaults())
				.build();
		}

	}

}
