import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Spring with STOMP and its simple broker, one topic for all. PORT SYMBOL_FILE SYMBOLS EVENTS_PER_SECOND */
@Configuration
@EnableAutoConfiguration
@EnableWebSocketMessageBroker
public class Stomp implements WebSocketMessageBrokerConfigurer {
    public static void main(String[] args) throws Exception {
        SpringApplication application = new SpringApplication(Stomp.class);
        application.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", args[0]));
        ConfigurableApplicationContext context = application.run();
        SimpMessagingTemplate template = context.getBean(SimpMessagingTemplate.class);
        Ticks.of(args[1], args[2], args[3]).start((symbol, row) -> template.convertAndSend("/topic/all", row));
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws").setAllowedOrigins("*");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/topic");
    }
}
